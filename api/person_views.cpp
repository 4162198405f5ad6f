#include "api/person_views.hpp"

#include <algorithm>

#include "workflow/pattern.hpp"

namespace yimen::api {

namespace {

using workflow::Object;
using workflow::Value;

// `head` and `tail` bytes stay; a text that is not longer is all stars.
std::string masked_middle(std::string_view text, std::size_t head, std::size_t tail) {
  if (text.size() <= head + tail) return std::string(text.size(), '*');
  std::string out(text.substr(0, head));
  out.append(text.size() - head - tail, '*');
  return out.append(text.substr(text.size() - tail));
}

void set_unless_empty(Object& view, std::string_view key, const std::string& text) {
  if (!text.empty()) view.set(key, text);
}

Object frame(const Person& person) {
  Object view{{"id", person.row.id},
              {"village", person.row.village},
              {"created_at", workflow::to_text(person.row.created_at)}};
  set_unless_empty(view, "household", person.row.household);
  return view;
}

// The bytes of the first and of the last code point.
std::string_view first_of(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return text.substr(0, end);
}

std::string_view last_of(std::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  return text.substr(begin);
}

}  // namespace

std::string masked_name(std::string_view name) {
  const std::size_t length = workflow::code_points(name).size();
  if (length < 2) return "*";
  std::string out(first_of(name));
  if (length == 2) return out + "*";
  return out.append(length - 2, '*').append(last_of(name));
}

std::string masked_number(std::string_view type, std::string_view number) {
  if (type == "identity_number") return masked_middle(number, 6, 4);
  return masked_middle(number, 0, std::min<std::size_t>(2, number.size() / 3));
}

std::string masked_phone(std::string_view phone) {
  const auto hyphen = phone.find('-');
  return masked_middle(phone, hyphen == std::string_view::npos ? 3 : hyphen + 1, 4);
}

std::string shown_name(const Person& person, const PersonRights& rights) {
  const std::string& name = person.facts->name;
  return rights.sees_full_names(person.row.village) ? name : masked_name(name);
}

Value masked_view(const Person& person, const PersonRights& rights) {
  Object view = frame(person);
  if (!person.facts) {
    view.set("is_erased", true);
    return view;
  }
  const PersonFacts& facts = *person.facts;
  view.set("name", shown_name(person, rights));
  Object identity{{"type", facts.identity_type}};
  if (!facts.identity_number.empty()) {
    identity.set("number", masked_number(facts.identity_type, facts.identity_number));
  }
  view.set("identity", std::move(identity));
  if (!facts.phone.empty()) view.set("phone", masked_phone(facts.phone));
  set_unless_empty(view, "sex", facts.sex);
  if (!facts.born_on.empty()) view.set("birth_year", facts.born_on.substr(0, 4));
  return view;
}

Value full_view(const Person& person) {
  Object view = frame(person);
  const PersonFacts& facts = *person.facts;
  Object identity{{"type", facts.identity_type}};
  set_unless_empty(identity, "number", facts.identity_number);
  set_unless_empty(identity, "reason", facts.identity_reason);
  view.set("name", facts.name);
  view.set("identity", std::move(identity));
  set_unless_empty(view, "phone", facts.phone);
  set_unless_empty(view, "sex", facts.sex);
  set_unless_empty(view, "born_on", facts.born_on);
  return view;
}

}  // namespace yimen::api
