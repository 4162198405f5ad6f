#include <algorithm>

#include "definitions/edition_check_parts.hpp"

namespace yimen::definitions {

namespace {

using workflow::GuardUse;
using workflow::RuleRow;
using workflow::SignoffMode;
using workflow::SignoffRule;
using workflow::StepPolicy;

using Levels = std::vector<std::string_view>;

// What the rows of one state and event say together.
struct Rows {
  Levels levels;
  bool reads_form = false;
};

bool reads_form(const EditionCheck& check, const GuardUse& guards) {
  return std::ranges::any_of(guards, [&](int guard) {
    return check.procedure.guards[static_cast<std::size_t>(guard)].reads_form;
  });
}

bool reads_form(const EditionCheck& check, const std::vector<GuardUse>& guards) {
  return std::ranges::any_of(guards,
                             [&](const GuardUse& use) { return reads_form(check, use); });
}

Rows rows_of(const EditionCheck& check, int state, int event) {
  Rows rows;
  for (const int index : check.procedure.rows_of(state, event)) {
    const RuleRow& row = check.procedure.rows[static_cast<std::size_t>(index)];
    rows.levels.insert(rows.levels.end(), row.levels.begin(), row.levels.end());
    rows.reads_form =
        rows.reads_form || reads_form(check, row.selectors) || reads_form(check, row.guards);
  }
  return rows;
}

// The states from which the table has the event.
std::vector<int> states_of(const EditionCheck& check, int event) {
  std::vector<int> states;
  for (const RuleRow& row : check.procedure.rows) {
    if (row.event == event && std::ranges::find(states, row.from) == states.end()) {
      states.push_back(row.from);
    }
  }
  return states;
}

void check_signoff(const EditionCheck& check, const SignoffRule& rule,
                   const std::string& pointer) {
  check.check_posts(rule.posts, pointer + "/posts");
  check.check_posts(rule.substitutes, pointer + "/substitutes");
  if (rule.mode == SignoffMode::none) return;
  if (rule.posts.empty()) check.add(pointer + "/posts", "too_few", {{"min", 1}});
  const bool is_substituted = std::ranges::any_of(rule.substitutes, [&](const auto& post) {
    return std::ranges::find(rule.posts, post) == rule.posts.end();
  });
  if (!is_substituted) check.add(pointer, "signoff_without_substitute");
  if (rule.mode != SignoffMode::vote) return;
  const bool possible = rule.members > 0 && rule.quorum > 0 && rule.quorum <= rule.members &&
                        rule.majority_percent > 0 && rule.majority_percent < 100;
  if (!possible) check.add(pointer, "vote_impossible", {{"members", rule.members}});
}

// Posts, form and sign-off of one policy for one state's rows. A post that several states refuse
// is found once.
void check_posts_of(const EditionCheck& check, const StepPolicy& policy, const Rows& rows,
                    const std::string& pointer) {
  bool somebody_may = false;
  for (std::size_t at = 0; at < policy.posts.size(); ++at) {
    const auto level = check.edition.post_level.find(policy.posts[at]);
    if (level == check.edition.post_level.end()) continue;
    somebody_may = somebody_may || check.may_act(policy.posts[at], rows.levels);
    Finding finding{pointer + "/posts/" + std::to_string(at), "level_not_allowed",
                    {{"post", policy.posts[at]}, {"level", level->second}}};
    if (std::ranges::find(rows.levels, level->second) == rows.levels.end() &&
        std::ranges::find(check.findings, finding) == check.findings.end()) {
      check.findings.push_back(std::move(finding));
    }
  }
  Finding nobody{pointer + "/posts", "nobody_may_act", {}};
  if (!somebody_may && std::ranges::find(check.findings, nobody) == check.findings.end()) {
    check.findings.push_back(std::move(nobody));
  }
  if (rows.reads_form && policy.form.empty()) check.add(pointer + "/form", "required");
}

void check_policy(const EditionCheck& check, const StepPolicy& policy, const std::string& pointer) {
  check.check_posts(policy.posts, pointer + "/posts");
  check_signoff(check, policy.signoff, pointer + "/signoff");
  if (!policy.form.empty() && check.edition.form(policy.form) == nullptr) {
    check.add(pointer + "/form", "unknown_form", {{"form", policy.form}});
  }
}

void check_event(const EditionCheck& check, int event) {
  const std::string name(check.procedure.events[static_cast<std::size_t>(event)]);
  const std::string pointer = "/events" + pointer_token(name);
  const auto policies = check.edition.events.find(name);
  if (policies == check.edition.events.end() || policies->second.empty()) {
    return check.add(pointer, "event_without_policy", {{"event", name}});
  }
  for (const int state : states_of(check, event)) {
    const std::string from(check.procedure.states[static_cast<std::size_t>(state)]);
    const StepPolicy* policy = check.edition.step(name, from);
    if (policy == nullptr) {
      check.add(pointer, "event_without_policy", {{"event", name}, {"state", from}});
      continue;
    }
    const auto place = policy - policies->second.data();
    check_posts_of(check, *policy, rows_of(check, state, event),
                   pointer + "/" + std::to_string(place));
  }
}

void check_event_policies(const EditionCheck& check, const std::string& name,
                          const std::vector<StepPolicy>& policies) {
  const std::string pointer = "/events" + pointer_token(name);
  const int event = check.procedure.event_index(name);
  if (event < 0) return check.add(pointer, "unknown_event", {{"event", name}});
  for (std::size_t at = 0; at < policies.size(); ++at) {
    const StepPolicy& policy = policies[at];
    const std::string place = pointer + "/" + std::to_string(at);
    check_policy(check, policy, place);
    const auto same = std::ranges::find(policies, policy.from, &StepPolicy::from);
    if (&*same != &policy) check.add(place + "/from", "named_twice", {{"name", policy.from}});
    if (policy.from.empty()) continue;
    const int state = check.procedure.state_index(policy.from);
    if (state < 0) {
      check.add(place + "/from", "unknown_state", {{"state", policy.from}});
    } else if (check.procedure.rows_of(state, event).empty()) {
      check.add(place + "/from", "no_such_step", {{"state", policy.from}, {"event", name}});
    }
  }
}

void check_annotations(const EditionCheck& check) {
  for (const workflow::AnnotationRow& row : check.procedure.annotations) {
    const std::string pointer = "/annotations" + pointer_token(row.name);
    const StepPolicy* policy = check.edition.annotation(row.name);
    if (policy == nullptr) {
      check.add(pointer, "annotation_without_policy", {{"annotation", row.name}});
    } else {
      check_posts_of(check, *policy, {row.levels, reads_form(check, row.guards)}, pointer);
    }
  }
  for (const auto& [name, policy] : check.edition.annotations) {
    const std::string pointer = "/annotations" + pointer_token(name);
    check_policy(check, policy, pointer);
    if (check.procedure.annotation(name) == nullptr) {
      check.add(pointer, "unknown_annotation", {{"annotation", name}});
    }
    for (std::size_t at = 0; at < policy.guards.size(); ++at) {
      if (check.procedure.guard_index(policy.guards[at]) < 0) {
        check.add(pointer + "/guards/" + std::to_string(at), "unknown_guard",
                  {{"guard", policy.guards[at]}});
      }
    }
  }
}

void check_post_levels(const EditionCheck& check) {
  for (const auto& [post, level] : check.edition.post_level) {
    const std::string pointer = "/post_level" + pointer_token(post);
    const Post* known = check.organisation.post(post);
    if (known == nullptr) {
      check.add(pointer, "unknown_post", {{"post", post}});
    } else if (known->level != level) {
      check.add(pointer, "level_differs", {{"post", post}, {"level", known->level}});
    }
    if (!check.organisation.has_unit_of(level)) {
      check.add(pointer, "post_nobody_holds", {{"post", post}, {"level", level}});
    }
  }
}

}  // namespace

void check_steps(const EditionCheck& check) {
  check_post_levels(check);
  for (std::size_t event = 0; event < check.procedure.events.size(); ++event) {
    check_event(check, static_cast<int>(event));
  }
  for (const auto& [name, policies] : check.edition.events) {
    check_event_policies(check, name, policies);
  }
  check_annotations(check);
}

}  // namespace yimen::definitions
