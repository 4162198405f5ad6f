#include "api/person_form.hpp"

#include <algorithm>
#include <utility>

#include "workflow/format.hpp"
#include "workflow/pattern.hpp"

namespace yimen::api {

namespace {

using workflow::CivilDate;
using workflow::Finding;
using workflow::Object;
using workflow::Value;

constexpr std::size_t beginnings_max = 10;  // code points; longer names are found by these or whole
constexpr int age_max = 130;
constexpr std::u32string_view ignored_in_names = U" \u3000\u00B7\u2022\u30FB\u2027";

constexpr std::string_view person_form = R"({
  "type": "object", "additionalProperties": false, "required": ["identity", "name", "village"],
  "properties": {
    "born_on": {"type": "string", "format": "civil_date", "x-personal": true},
    "household": {"type": "string", "format": "household_id"},
    "identity": {
      "type": "object", "additionalProperties": false, "required": ["type"], "x-personal": true,
      "properties": {
        "number": {"type": "string", "minLength": 1, "maxLength": 30},
        "reason": {"type": "string", "minLength": 1, "maxLength": 200},
        "type": {"type": "string",
                 "enum": ["birth_certificate", "identity_number", "none", "passport"]}
      }
    },
    "name": {"type": "string", "minLength": 1, "maxLength": 50, "x-personal": true},
    "phone": {"type": "string", "format": "phone", "x-personal": true},
    "sex": {"type": "string", "enum": ["female", "male"], "x-personal": true},
    "village": {"type": "string", "format": "unit_code"}
  }
})";

constexpr std::string_view household_form = R"({
  "type": "object", "additionalProperties": false, "required": ["address", "head", "village"],
  "properties": {
    "address": {"type": "string", "minLength": 1, "maxLength": 200, "x-personal": true},
    "head": {"type": "string", "format": "person_id"},
    "village": {"type": "string", "format": "unit_code"}
  }
})";

std::string birthday_in(const std::string& number) {
  return number.substr(6, 4) + "-" + number.substr(10, 2) + "-" + number.substr(12, 2);
}

std::string sex_in(const std::string& number) {
  return (number[16] - '0') % 2 == 1 ? "male" : "female";
}

bool is_good_identity_number(const PersonFacts& facts) {
  return facts.identity_type == "identity_number" &&
         !workflow::identity_number_problem(facts.identity_number);
}

void find_identity(const PersonFacts& facts, std::vector<Finding>& findings) {
  const bool is_none = facts.identity_type == "none";
  const auto need = [&](const std::string& text, bool needed, const char* pointer) {
    if (needed && text.empty()) findings.push_back({pointer, "required", {}});
    if (!needed && !text.empty()) findings.push_back({pointer, "not_expected", {}});
  };
  need(facts.identity_number, !is_none, "/identity/number");
  need(facts.identity_reason, is_none, "/identity/reason");
  if (facts.identity_number.empty() || is_none) return;
  auto problem = facts.identity_type == "identity_number"
                     ? workflow::identity_number_problem(facts.identity_number)
                     : text_problem(facts.identity_number);
  if (problem) findings.push_back({"/identity/number", std::move(*problem), {}});
}

void find_dates(const PersonFacts& facts, CivilDate today, std::vector<Finding>& findings) {
  if (!is_good_identity_number(facts)) {
    const auto born = workflow::civil_date_from(facts.born_on);
    if (born && *born > today) findings.push_back({"/born_on", "in_the_future", {}});
    return;
  }
  const CivilDate born = *workflow::civil_date_from(birthday_in(facts.identity_number));
  const auto years = std::chrono::year_month_day(today).year() -
                     std::chrono::year_month_day(born).year();
  if (born > today) findings.push_back({"/identity/number", "identity_number_future", {}});
  if (years.count() > age_max) findings.push_back({"/identity/number", "identity_number_age", {}});
  if (facts.born_on != birthday_in(facts.identity_number)) {
    findings.push_back({"/born_on", "differs_from_identity_number", {}});
  }
  if (facts.sex != sex_in(facts.identity_number)) {
    findings.push_back({"/sex", "differs_from_identity_number", {}});
  }
}

void append(std::string& out, char32_t point) {
  const auto add = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0 | (point >> 6U));
  } else if (point < 0x10000) {
    add(0xE0 | (point >> 12U));
    add(0x80 | ((point >> 6U) & 0x3FU));
  } else {
    add(0xF0 | (point >> 18U));
    add(0x80 | ((point >> 12U) & 0x3FU));
    add(0x80 | ((point >> 6U) & 0x3FU));
  }
  add(0x80 | (point & 0x3FU));
}

// As it is compared: without spaces and dots, Latin letters small.
std::u32string comparable(std::string_view name) {
  std::u32string points = workflow::code_points(name);
  std::erase_if(points, [](char32_t point) {
    return ignored_in_names.find(point) != std::u32string_view::npos;
  });
  for (char32_t& point : points) {
    if (point >= U'A' && point <= U'Z') point += U'a' - U'A';
  }
  return points;
}

}  // namespace

const Value& person_schema() {
  static const Value schema = workflow::parse(person_form).value();
  return schema;
}

const Value& household_schema() {
  static const Value schema = workflow::parse(household_form).value();
  return schema;
}

PersonFacts facts_from(const Value& body) {
  const Value& identity = body["identity"];
  PersonFacts facts{tidy(body["name"].text()),       identity["type"].text(),
                    tidy(identity["number"].text()), tidy(identity["reason"].text()),
                    body["phone"].text(),            body["sex"].text(),
                    body["born_on"].text()};
  if (facts.identity_type != "identity_number") return facts;
  facts.identity_number = tidy_identity_number(facts.identity_number);
  if (!is_good_identity_number(facts)) return facts;
  if (facts.born_on.empty()) facts.born_on = birthday_in(facts.identity_number);
  if (facts.sex.empty()) facts.sex = sex_in(facts.identity_number);
  return facts;
}

std::vector<Finding> fact_findings(const PersonFacts& facts, workflow::Instant now) {
  std::vector<Finding> findings;
  if (comparable(facts.name).empty()) {
    findings.push_back({"/name", "too_short", {{"min", 1}}});
  } else if (auto problem = text_problem(facts.name)) {
    findings.push_back({"/name", std::move(*problem), {}});
  }
  if (auto problem = text_problem(facts.identity_reason)) {
    findings.push_back({"/identity/reason", std::move(*problem), {}});
  }
  find_identity(facts, findings);
  find_dates(facts, workflow::civil_date_of(now), findings);
  return findings;
}

std::string tidy(std::string_view text) {
  constexpr std::string_view wide_space = "\u3000";
  const auto strip = [&](std::string_view space) {
    bool found = false;
    for (; text.starts_with(space); found = true) text.remove_prefix(space.size());
    for (; text.ends_with(space); found = true) text.remove_suffix(space.size());
    return found;
  };
  while (strip(" ") || strip(wide_space)) {
  }
  return std::string(text);
}

std::string tidy_identity_number(std::string_view text) {
  std::string number = tidy(text);
  if (number.ends_with('x')) number.back() = 'X';
  return number;
}

std::optional<std::string> text_problem(std::string_view text) {
  const std::u32string points = workflow::code_points(text);
  const auto is_control = [](char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFD;
  };
  if (std::ranges::any_of(points, is_control)) return "control_character";
  if (points.find_first_of(U"*\uFF0A") != std::u32string::npos) return "masked_value";
  return std::nullopt;
}

std::string sealed_text(const PersonFacts& facts) {
  return workflow::canonical(Object{{"born_on", facts.born_on},
                                    {"identity_number", facts.identity_number},
                                    {"identity_reason", facts.identity_reason},
                                    {"identity_type", facts.identity_type},
                                    {"name", facts.name},
                                    {"phone", facts.phone},
                                    {"sex", facts.sex}});
}

PersonFacts from_sealed_text(std::string_view text) {
  const Value value = workflow::parse(text).value_or(nullptr);
  return {value["name"].text(),            value["identity_type"].text(),
          value["identity_number"].text(), value["identity_reason"].text(),
          value["phone"].text(),           value["sex"].text(),
          value["born_on"].text()};
}

std::vector<std::string> name_beginnings(std::string_view name) {
  const std::u32string points = comparable(name);
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < points.size(); ++at) {
    append(word, points[at]);
    if (at < beginnings_max || at + 1 == points.size()) words.push_back(word);
  }
  return words;
}

std::string name_word(std::string_view name) {
  const auto words = name_beginnings(name);
  return words.empty() ? std::string() : words.back();
}

}  // namespace yimen::api
