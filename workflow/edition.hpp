// One version of a procedure's policy data: posts, forms, categories, sign-offs, limits, ladders.
// Plain values; `definitions/` reads them from JSON and checks them before they take effect.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflow/deadline.hpp"
#include "workflow/value.hpp"

namespace yimen::workflow {

struct Form {
  std::string code;
  std::string digest;   // names the form in actions[] for ever
  Value schema;         // the closed subset of JSON Schema of `form.hpp`
  std::vector<Value> examples;
  bool operator==(const Form&) const = default;
};

enum class SignoffMode { none, one_of, all_of, vote };

struct SignoffRule {
  SignoffMode mode = SignoffMode::none;
  std::vector<std::string> posts;        // the signers, in order where `in_sequence`
  std::vector<std::string> substitutes;  // who may sign in the place of any of them
  bool in_sequence = false;
  int members = 0;           // vote: how many may vote
  int quorum = 0;            // vote: how many must vote or recuse themselves
  int majority_percent = 0;  // vote: more than this share of the votes cast must agree
  bool operator==(const SignoffRule&) const = default;
};

// Who may take a step, with which form, signed off how. `from` is empty for every state that the
// table allows; a policy that names the state wins over one that does not.
struct StepPolicy {
  std::string from;
  std::vector<std::string> posts;
  std::string form;
  SignoffRule signoff;
  std::vector<std::string> guards;  // annotations only: codes of the procedure's guards
  bool operator==(const StepPolicy&) const = default;
};

struct Category {
  std::string code;
  std::string department;
  std::string approval;        // local, county or none
  std::string notice;          // required or exempt
  Budget notice_period;        // of the pre-approval notice
  Budget repeat_notice_period; // after an objection
  bool recipient = false;      // recipients are listed in the long-term notice
  std::vector<std::string> required_documents;
  bool operator==(const Category&) const = default;
};

// A limit applies where every named fact of the case has one of the values; an absent one is false.
struct LimitRule {
  std::string code;
  std::map<std::string, std::vector<Value>> when;
  Budget budget;
  std::string basis;    // code of the article, e.g. "dibao_rules_22"
  std::string mark;     // statute, plan, regional or proposal
  std::string valid_from;
  std::string valid_to;
  std::string on_expiry;  // red, amber, or the name of an event that expiry itself performs
  bool operator==(const LimitRule&) const = default;
};

struct ClockRule {
  std::string name;                      // "state" for the clock of the state it stands in
  std::string state;                     // state clock only
  std::vector<std::string> starts_on;    // events or annotations
  // Members that the starting record must have, each with one of the values, e.g. a meeting that
  // decides to report to the county. Empty: every record starts the clock.
  std::map<std::string, std::vector<Value>> starts_where;
  std::vector<std::string> starts_entering;  // states
  std::vector<std::string> stops_on;
  std::vector<std::string> stops_entering;
  std::vector<std::string> stops_leaving;
  std::vector<LimitRule> limits;
  bool operator==(const ClockRule&) const = default;
};

// At a share of the budget (percent), one working day before expiry, some time after it, or, where
// none of these is given, at expiry itself. `takes` is an annotation that the system makes then;
// `tells` names `holder`, `superior` (of the holder) or posts.
struct LadderRung {
  std::string code;
  std::optional<int> percent;
  std::optional<Budget> after;   // counted from expiry
  bool day_before = false;       // one working day before expiry
  std::string takes{};
  std::vector<std::string> tells{};
  bool operator==(const LadderRung&) const = default;
};

struct Edition {
  std::string procedure;
  std::string name;
  std::string digest;
  std::string valid_from;
  std::map<std::string, std::vector<StepPolicy>> events;
  std::map<std::string, StepPolicy> annotations;
  std::map<std::string, Form> forms;
  std::map<std::string, Category> categories;
  std::vector<ClockRule> clocks;
  std::vector<LadderRung> ladder;
  std::vector<LadderRung> emergency_ladder;
  std::map<std::string, std::string> superiors;  // level of the holding unit -> post
  std::vector<std::string> departments;          // units that a case may be assigned to
  std::string paying_unit;                       // sees a case once money is due
  std::map<std::string, std::string> post_level; // post -> level of the unit that holds it
  std::vector<std::string> lateness_reasons;
  std::string explained_notice;                  // aggregate, anonymous or none
  std::string case_number_format;                // e.g. "河鱼救〔{year}〕{number}"
  Budget take_back_window;
  int backdating_days_max = 0;
  int returns_max = 2;                           // "not mine" before the station rules
  bool operator==(const Edition&) const = default;

  // Nullptr where the edition knows no such step.
  [[nodiscard]] const StepPolicy* step(std::string_view event, std::string_view from) const;
  [[nodiscard]] const StepPolicy* annotation(std::string_view name) const;
  [[nodiscard]] const Form* form(std::string_view code) const;
  [[nodiscard]] const Category* category(std::string_view code) const;
  // Of the ladder that the flag asks for, else of the other: a clock may have been armed before.
  [[nodiscard]] const LadderRung* rung(std::string_view code, bool emergency) const;
};

}  // namespace yimen::workflow
