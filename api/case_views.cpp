#include "api/case_views.hpp"

#include <algorithm>
#include <array>

#include "api/case_problems.hpp"
#include "api/colours.hpp"
#include "api/scope.hpp"
#include "workflow/clockwork.hpp"
#include "workflow/json_fields.hpp"

namespace yimen::api {

namespace {

using workflow::Array;
using workflow::Case;
using workflow::Instant;
using workflow::Object;
using workflow::Value;

constexpr std::array<std::string_view, 8> unit_names{
    "working_days", "calendar_days", "hours",        "months",
    "same_day",     "end_of_month",  "day_of_month", "day_of_next_month"};

void set_text(Object& object, std::string_view key, const std::optional<Instant>& at) {
  if (at) object.set(key, workflow::to_text(*at));
}

Object limit_view(const workflow::Limit& limit, const workflow::LimitRule* rule,
                  const workflow::Clock& clock, const Rulebook& rulebook, Instant now) {
  Object view{{"code", limit.code}};
  if (rule != nullptr) {
    const Instant from = limit.counts_from.value_or(clock.started_at);
    view = due_view(due(rule->budget, from, *rulebook.calendar(), clock.suspensions, now));
    view.set("due_on", workflow::to_text(workflow::civil_date_of(limit.due_at)));
    view.set("counts_from", workflow::to_text(from));
    view.set("code", limit.code);
    view.set("budget", budget_view(rule->budget));
    view.set("basis", rule->basis);
    view.set("mark", rule->mark);
    view.set("on_expiry", rule->on_expiry);
  }
  view.set("due_at", workflow::to_text(limit.due_at));
  set_text(view, "extended_to", limit.extended_to);
  return view;
}

// As a list would show it if it were the only clock: a suspended one is not late.
std::string_view colour_of(const workflow::Clock& clock, const Colours& colours) {
  const bool is_suspended = clock.is_suspended();
  return colour_of(is_suspended ? std::nullopt : binding_due_at(clock), is_suspended, colours);
}

Value clock_view(const workflow::Clock& clock, const OpenCase& opened, const Rulebook& rulebook,
                 const Colours& colours) {
  const Instant now = colours.now;
  Object view{{"clock", clock.name},
              {"started_at", workflow::to_text(clock.started_at)},
              {"suspended", clock.is_suspended()},
              {"late", is_late(clock, now)},
              {"elapsed_milliseconds", std::int64_t{elapsed(clock, now).count()}}};
  if (clock.is_running()) view.set("colour", colour_of(clock, colours));
  workflow::set_unless_empty(view, "state", clock.state);
  set_text(view, "stopped_at", clock.stopped_at);
  set_text(view, "due_at", binding_due_at(clock));
  const auto rules = limits_of(clock, opened.subject.facts, *opened.edition);
  Array limits;
  for (const workflow::Limit& limit : clock.limits) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto* candidate) {
      return candidate->code == limit.code;
    });
    limits.emplace_back(
        limit_view(limit, rule != rules.end() ? *rule : nullptr, clock, rulebook, now));
  }
  view.set("limits", std::move(limits));
  Array suspensions;
  for (const workflow::Suspension& suspension : clock.suspensions) {
    Object one{{"from", workflow::to_text(suspension.from)}, {"reason", suspension.reason}};
    set_text(one, "to", suspension.to);
    suspensions.emplace_back(std::move(one));
  }
  if (!suspensions.empty()) view.set("suspensions", std::move(suspensions));
  return view;
}

// Without `personal` the reader learns only that there are such texts.
Value record_view(const workflow::Record& record, const PersonalTexts* personal) {
  Object view{{"sequence", record.sequence},
              {"kind", record.kind},
              {"recorded_at", workflow::to_text(record.recorded_at)},
              {"occurred_at", workflow::to_text(record.occurred_at)},
              {"by", to_value(record.by)},
              {"data", record.data}};
  if (record.is_void()) view.set("voided_by", record.voided_by);
  if (record.present.empty()) return view;
  view.set("present", workflow::array_of(record.present));
  if (personal == nullptr) return view;
  const auto texts = personal->find(record.sequence);
  view.set("personal", texts != personal->end() ? texts->second : Object{});
  return view;
}

Value refusals_view(const workflow::Refusals& refusals, const http::Texts& texts,
                    http::Language language) {
  Array all;
  for (const http::ProblemRefusal& refusal : problem_of(refusals).refusals) {
    all.push_back(refusal_view(refusal, texts, language));
  }
  return all;
}

struct OfferedAction {
  workflow::PossibleAction action;
  http::Post post;
};

// Per event or annotation the post of the principal's that comes furthest with it.
std::vector<OfferedAction> offered_actions(const OpenCase& opened,
                                           const http::Principal& principal,
                                           const Rulebook& rulebook, Instant now) {
  const auto calendar = rulebook.calendar();
  const workflow::Rules rules{*opened.procedure, *opened.edition, *calendar};
  std::vector<OfferedAction> offered;
  for (const http::Post& post : principal.posts) {
    const auto actor = actor_of(principal, post);
    for (auto& action : possible_actions(opened.subject, actor, rules, now)) {
      const auto known = std::find_if(offered.begin(), offered.end(), [&](const auto& other) {
        return other.action.name == action.name && other.action.kind == action.kind;
      });
      if (known == offered.end()) {
        offered.push_back({std::move(action), post});
      } else if (!known->action.allowed &&
                 (action.allowed || action.refusals.kind > known->action.refusals.kind)) {
        *known = {std::move(action), post};
      }
    }
  }
  return offered;
}

Value actions_view(const OpenCase& opened, const http::Request& request, const Rulebook& rulebook,
                   Instant now) {
  Array actions;
  if (!request.principal) return actions;
  for (const OfferedAction& offered :
       offered_actions(opened, *request.principal, rulebook, now)) {
    Object view{{"name", offered.action.name},
                {"kind", workflow::name_of(offered.action.kind)},
                {"allowed", offered.action.allowed},
                {"as", Object{{"post", offered.post.post}, {"unit", offered.post.unit}}}};
    const workflow::Form* form = opened.edition->form(offered.action.form);
    if (form != nullptr) view.set("form", form->digest);
    if (!offered.action.allowed) {
      view.set("refusals", refusals_view(offered.action.refusals, rulebook.texts(),
                                         request.language));
    }
    actions.emplace_back(std::move(view));
  }
  return actions;
}

Value proposals_view(const Case& subject) {
  Array proposals;
  for (const workflow::Proposal& proposal : subject.proposals) {
    Array signatures;
    for (const workflow::Signature& signature : proposal.signatures) {
      signatures.emplace_back(Object{{"by", to_value(signature.by)},
                                     {"choice", signature.choice},
                                     {"at", workflow::to_text(signature.at)}});
    }
    proposals.emplace_back(
        Object{{"proposal", proposal.sequence},
               {"event", proposal.event},
               {"proposer", to_value(proposal.proposer)},
               {"outcome", proposal.outcome.empty() ? Value("open") : Value(proposal.outcome)},
               {"signatures", std::move(signatures)}});
  }
  return proposals;
}

}  // namespace

std::string entity_tag(std::int64_t revision) { return "\"r" + std::to_string(revision) + "\""; }

Value budget_view(const workflow::Budget& budget) {
  return Object{{"unit", unit_names[static_cast<std::size_t>(budget.unit)]},
                {"amount", budget.amount}};
}

Object due_view(const workflow::Due& due) {
  Array skipped;
  for (const workflow::SkippedDay& day : due.skipped) {
    skipped.emplace_back(Object{{"date", workflow::to_text(day.date)}, {"name", day.name}});
  }
  return {{"due_at", workflow::to_text(due.at)},
          {"due_on", workflow::to_text(workflow::civil_date_of(due.at))},
          {"skipped", std::move(skipped)},
          {"provisional", due.provisional}};
}

Value summary_view(const Case& subject) {
  Object view{{"id", subject.id},
              {"procedure", subject.procedure},
              {"edition", subject.edition},
              {"state", subject.state},
              {"sequence", subject.sequence},
              {"revision", subject.revision},
              {"recorded_at", workflow::to_text(subject.recorded_at)},
              {"holder", to_value(subject.holder)},
              {"facts", subject.facts}};
  Array deadlines;
  for (const workflow::Clock& clock : subject.clocks) {
    if (!clock.is_running()) continue;
    Object deadline{{"clock", clock.name}, {"suspended", clock.is_suspended()}};
    set_text(deadline, "due_at", binding_due_at(clock));
    deadlines.emplace_back(std::move(deadline));
  }
  view.set("deadlines", std::move(deadlines));
  if (!subject.proposals.empty()) view.set("proposals", proposals_view(subject));
  return view;
}

Value case_view(CaseService& service, const OpenCase& opened, const http::Request& request) {
  const Instant now = service.now();
  const Colours colours = colours_at(now, *service.rulebook().calendar());
  const Case& subject = opened.subject;
  Value summary = summary_view(subject);
  Object& view = summary.make_object();
  Array deadlines;
  for (const workflow::Clock& clock : subject.clocks) {
    deadlines.push_back(clock_view(clock, opened, service.rulebook(), colours));
  }
  const int state = opened.procedure->state_index(subject.state);
  const bool is_closed =
      state > 0 && opened.procedure->is_closed[static_cast<std::size_t>(state)];
  view.set("is_closed", is_closed);
  if (!is_closed) {
    view.set("colour", colour_of(persistence::project(subject, is_closed).summary, colours));
  }
  view.set("deadlines", std::move(deadlines));
  view.set("units", workflow::array_of(subject.units));
  std::optional<PersonalTexts> personal;
  if (request.principal && reads_personal_texts(*request.principal)) {
    personal = service.personal_texts(subject);
  }
  Array records;
  for (const workflow::Record& record : subject.records) {
    records.push_back(record_view(record, personal ? &*personal : nullptr));
  }
  view.set("records", std::move(records));
  view.set("actions", actions_view(opened, request, service.rulebook(), now));
  return summary;
}

}  // namespace yimen::api
