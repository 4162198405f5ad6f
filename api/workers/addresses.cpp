#include "api/workers/addresses.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

using definitions::Organisation;
using definitions::Unit;

std::string level_of(const Organisation& organisation, const std::string& unit) {
  const Unit* known = organisation.unit(unit);
  return known != nullptr ? known->level : std::string();
}

// The holder's own unit where it is of the post's level, else the first one that is.
std::string unit_for(const std::string& post, const std::string& holder,
                     const Organisation& organisation) {
  const definitions::Post* known = organisation.post(post);
  if (known == nullptr || known->level == level_of(organisation, holder)) return holder;
  const auto unit = std::ranges::find(organisation.units, known->level, &Unit::level);
  return unit != organisation.units.end() ? unit->code : holder;
}

void add(std::vector<std::string>& addresses, std::string address) {
  if (address.empty() || std::ranges::find(addresses, address) != addresses.end()) return;
  addresses.push_back(std::move(address));
}

}  // namespace

std::string address_of_unit(const std::string& unit) { return "@" + unit; }

std::string address_of_post(const std::string& post, const std::string& unit) {
  return post + "@" + unit;
}

std::vector<std::string> addresses_of(const std::vector<std::string>& words,
                                      const workflow::Case& subject,
                                      const workflow::Edition& edition,
                                      const Organisation& organisation) {
  std::vector<std::string> addresses;
  const workflow::Holder& holder = subject.holder;
  const auto add_post = [&](const std::string& post) {
    add(addresses, address_of_post(post, unit_for(post, holder.unit, organisation)));
  };
  for (const std::string& word : words) {
    if (word == "holder") {
      add(addresses, holder.person.empty() ? address_of_unit(holder.unit) : holder.person);
    } else if (word == "superior") {
      const auto post = edition.superiors.find(level_of(organisation, holder.unit));
      if (post != edition.superiors.end()) add_post(post->second);
    } else {
      add_post(word);
    }
  }
  return addresses;
}

std::vector<std::string> addresses_of(const http::Principal& principal) {
  std::vector<std::string> addresses;
  add(addresses, principal.person);
  for (const http::Post& post : principal.posts) {
    add(addresses, address_of_unit(post.unit));
    add(addresses, address_of_post(post.post, post.unit));
    add(addresses, post.for_person);
  }
  return addresses;
}

}  // namespace yimen::api
