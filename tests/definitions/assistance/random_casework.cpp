#include "tests/definitions/assistance/random_casework.hpp"

#include <algorithm>

namespace yimen::tests {

using namespace std::chrono_literals;

namespace {

using workflow::EntryKind;
using workflow::PossibleAction;

// Steps that would end most stories before they have begun.
constexpr std::array<std::string_view, 12> rare{
    "withdraw",          "explain",           "report_emergency",      "report_restricted",
    "decline",           "return_to_station", "refer_to_joint_review", "receive_application",
    "return_to_village", "transfer",          "object",                "reopen"};
// Records that a case cannot go on without.
constexpr std::array<std::string_view, 12> needed{
    "record_visit",   "record_meeting", "record_investigation", "record_matching",
    "record_opinion", "record_measure", "attach",               "post_notice",
    "post_long_term_notice", "record_payment", "record_delivery", "answer_objection"};

template <class List>
bool names(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

std::string day_after(Instant now, int days) {
  return workflow::to_text(workflow::civil_date_of(now + days * 24h));
}

}  // namespace

RandomCasework::RandomCasework(Township& township, Story& story, std::uint64_t seed)
    : township_(township),
      story_(story),
      dice_(seed),
      people_{township.village_worker(),
              township.village_commander(),
              township.station_clerk(),
              township.station_director(),
              township.deputy_commander(),
              township.commander(),
              township.department_clerk("civil_affairs_office"),
              township.department_head("civil_affairs_office"),
              township.department_clerk("social_security_office"),
              township.department_head("social_security_office"),
              township.finance_clerk(),
              township.county_liaison(),
              township.a_villager(),
              township.the_system()} {}

std::size_t RandomCasework::below(std::size_t bound) { return dice_() % bound; }

bool RandomCasework::by_chance(int percent) {
  return below(100) < static_cast<std::size_t>(percent);
}

void RandomCasework::jump() {
  if (by_chance(60)) {
    township_.later(std::chrono::minutes(below(240)));
  } else if (by_chance(15)) {
    township_.later(std::chrono::days(1 + below(9)));
  }
}

bool RandomCasework::step() {
  jump();
  last_ = {};
  const auto& proposals = story_.subject().proposals;
  const bool waits = !proposals.empty() && proposals.back().outcome.empty();
  if (!proposals.empty() && by_chance(waits ? 40 : 3)) return sign();
  last_.actor = one_of(people_);
  last_.foreseen = choose(last_.actor);
  // Half of the time somebody is looked for who can move the case.
  const auto moves = [&] {
    return last_.foreseen.allowed && last_.foreseen.kind == EntryKind::transition;
  };
  for (int tries = by_chance(50) ? 20 : 0; tries > 0 && !moves(); --tries) {
    last_.actor = one_of(people_);
    last_.foreseen = choose(last_.actor);
  }
  workflow::Command& command = last_.command;
  command.kind = last_.foreseen.kind;
  command.event = last_.foreseen.name;
  command.actor = last_.actor;
  if (command.kind != EntryKind::take_back) command.data = fill(last_.foreseen);
  if (by_chance(10)) command.occurred_at = township_.now - std::chrono::hours(below(100));
  if (by_chance(90)) command.lateness_reason = "staff_shortage";
  const auto answer = story_.play(command);
  if (!answer) last_.refusals = answer.error();
  return answer.has_value();
}

bool RandomCasework::sign() {
  last_.actor = one_of(people_);
  workflow::Command& command = last_.command;
  command.kind = EntryKind::signature;
  command.actor = last_.actor;
  command.proposal = story_.subject().proposals.back().sequence;
  command.choice = by_chance(85) ? "agree" : "refuse";
  command.lateness_reason = "staff_shortage";
  const auto answer = story_.play(command);
  if (!answer) last_.refusals = answer.error();
  return answer.has_value();
}

// Mostly what is allowed, and then mostly what moves the case or what it needs for moving; now and
// then what is not allowed.
PossibleAction RandomCasework::choose(const Actor& actor) {
  const auto actions = story_.possible_to(actor);
  std::vector<PossibleAction> allowed;
  std::vector<PossibleAction> moving;
  std::vector<PossibleAction> useful;
  for (const auto& action : actions) {
    if (!action.allowed) continue;
    allowed.push_back(action);
    const bool moves = action.kind == EntryKind::transition;
    if (moves && (!names(rare, action.name) || by_chance(4))) moving.push_back(action);
    if (names(needed, action.name)) useful.push_back(action);
  }
  if (allowed.empty() || by_chance(6)) return one_of(actions);
  if (!moving.empty() && by_chance(60)) return one_of(moving);
  return useful.empty() || by_chance(30) ? one_of(allowed) : one_of(useful);
}

Value RandomCasework::fill(const PossibleAction& action) {
  if (action.form.empty()) return Object{};
  const auto& examples = township_.edition.form(action.form)->examples;
  Object data = story_.form_for(action.form, {}).members();
  if (action.name == "discover") data = one_of(examples).members();
  fill_in(action.name, data);
  return data;
}

std::string RandomCasework::clock_name() {
  std::vector<std::string> running;
  for (const auto& clock : story_.subject().clocks) {
    if (clock.is_running()) running.push_back(clock.name);
  }
  return running.empty() ? "state" : one_of(running);
}

void RandomCasework::fill_meeting(Object& data) {
  const std::string& state = story_.state();
  const bool in_village = state == "village_review";
  const bool in_review = state == "joint_review";
  const char* kind = in_village  ? "village_review"
                     : in_review ? "joint_review"
                                 : "station_decision";
  if (state == "reported_to_station") kind = "station_ruling";
  const char* decision = in_village ? "agree" : in_review ? "eligible" : "report_to_county";
  if (by_chance(10)) decision = "other";
  data.set("kind", kind);
  data.set("decision", decision);
  data.set("assigned_unit", by_chance(50) ? "civil_affairs_office" : "social_security_office");
}

void RandomCasework::fill_in(std::string_view action, Object& data) {
  const Case& subject = story_.subject();
  const auto* category = township_.edition.category(subject.fact("category").text());
  if (action == "discover") {
    data.set("place", Object{{"village", "shili_1"}, {"registered_outside", by_chance(15)}});
    data.set("emergency", by_chance(10));
  }
  if (action == "record_visit") data.set("household", "01920000-0000-7000-8000-000000000002");
  if (action == "record_meeting") fill_meeting(data);
  if (action == "accept") {
    data.set("category", by_chance(70) ? "temporary_relief" : "subsistence_allowance");
  }
  if (action == "transfer") {
    data.set("unit", by_chance(50) ? "civil_affairs_office" : "social_security_office");
  }
  if (action == "attach" && category != nullptr) {
    data.set("document_kind", one_of(category->required_documents));
  }
  if (action == "record_opinion" && by_chance(15)) data.set("opinion", "ineligible");
  if (action == "explain") {
    data.set("ground", by_chance(50) ? "obviously_ineligible" : "not_eligible_after_investigation");
  }
  if (action == "publish" && subject.state == "explained") {
    data = Object{{"kind", "aggregate"}, {"place", Array{"township_board"}}};
  } else if (action == "publish") {
    data.set("content", Object{{"applicant_shown", "masked"},
                               {"members", 2},
                               {"category", subject.fact("category")},
                               {"fields", Array{"applicant", "village"}}});
  }
  if (action == "escalate" && by_chance(40)) data.set("purpose", "beyond_township");
  if (action == "withdraw") data = Object{{"reason", "died"}, {"evidence", std::string(64, '0')}};
  if (action == "answer_objection") {
    const auto objections = subject.all(by_chance(80) ? "object" : "add_objection");
    if (!objections.empty()) data.set("objection", one_of(objections)->sequence);
  }
  if (action == "add_signer" && !subject.proposals.empty()) {
    data.set("proposal", subject.proposals.back().sequence);
  }
  if (data.find("clock") != nullptr) data.set("clock", clock_name());
  if (action == "extend_deadline") {
    data.erase("limit");
    data.set("until", day_after(township_.now, 60));
  }
  if (action == "set_completion_date") data.set("on", day_after(township_.now, 12));
}

}  // namespace yimen::tests
