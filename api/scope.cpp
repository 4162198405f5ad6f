#include "api/scope.hpp"

#include <algorithm>

namespace yimen::api {

namespace {

bool holds_units(const http::Post& post) {
  return post.level == "village" || post.level == "department";
}

bool is_administrator(const http::Post& post) { return post.post == "administrator"; }

}  // namespace

bool Scope::sees(const workflow::Case& subject) const {
  if (township) return true;
  return std::any_of(subject.units.begin(), subject.units.end(), [&](const std::string& unit) {
    return std::find(units.begin(), units.end(), unit) != units.end();
  });
}

std::optional<std::vector<std::string>> Scope::filter() const {
  if (township) return std::nullopt;
  return units;
}

Scope scope_of(const http::Principal& principal) {
  Scope scope;
  for (const http::Post& post : principal.posts) {
    if (is_administrator(post)) continue;
    if (holds_units(post)) {
      scope.units.push_back(post.unit);
    } else {
      scope.township = true;
    }
  }
  return scope;
}

bool reads_personal_texts(const http::Principal& principal) {
  return std::any_of(principal.posts.begin(), principal.posts.end(), [](const http::Post& post) {
    return !is_administrator(post) && post.post != "auditor";
  });
}

workflow::Actor actor_of(const http::Principal& principal, const http::Post& post) {
  return {principal.person, post.post, post.unit, post.level, post.for_person};
}

}  // namespace yimen::api
