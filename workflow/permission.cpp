#include "workflow/permission.hpp"

#include <algorithm>

namespace yimen::workflow {

namespace {

template <class List>
bool names(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool unit_matches(const Case& subject, const Actor& actor, bool moves) {
  const bool sees_all = actor.level != "village" && actor.level != "department";
  if (subject.state.empty() || sees_all) return true;
  const std::string& department = subject.fact("department").text();
  const bool lies_with_department = !department.empty() && subject.holder.unit == department;
  if (moves && actor.level == "department" && lies_with_department) {
    return actor.unit == department;
  }
  return names(subject.units, actor.unit);
}

}  // namespace

std::vector<Refusal> not_permitted(const Case& subject, const Actor& actor,
                                   const Permission& permission, const Edition& edition) {
  const auto& posts = permission.policy.posts;
  const auto level = edition.post_level.find(actor.post);
  const bool post_stands = level != edition.post_level.end() && level->second == actor.level;
  if (!post_stands || !names(posts, actor.post) || !names(permission.levels, actor.level)) {
    return {{"not_your_post", {}, {}, Object{{"posts", Array(posts.begin(), posts.end())}}}};
  }
  if (!unit_matches(subject, actor, permission.moves)) {
    return {{"not_your_unit", {}, {}, Object{{"holder", subject.holder.unit}}}};
  }
  return {};
}

}  // namespace yimen::workflow
