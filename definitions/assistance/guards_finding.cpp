// Conditions of finding and of the village review.
#include "definitions/assistance/reading.hpp"

namespace yimen::definitions::assistance {

namespace {

constexpr int visitors_needed = 2;

struct Votes {
  std::int64_t present, recused, agree, against, abstained;
};

Votes votes_of(const Record& meeting) {
  return {meeting.data["present"].integer(), meeting.data["recused"].integer(),
          meeting.data["votes_for"].integer(), meeting.data["votes_against"].integer(),
          meeting.data["abstained"].integer()};
}

int most_visitors(const GuardContext& given) {
  int most = 0;
  for (const Record* visit : given.records(record_visit::name)) {
    if (visit->data["kind"].text() != "home") continue;
    most = std::max(most, distinct(visit->data["visitors"]));
  }
  return most;
}

}  // namespace

Unmet who_and_where_told::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  const bool somebody = !data["subject"].text().empty() || given.draft.has("/known");
  return unless(somebody && !data["place"]["village"].text().empty());
}

Unmet home_visit_recorded::unmet(const GuardContext& given) {
  const int visitors = most_visitors(given);
  return unless(visitors >= visitors_needed,
                {{"visitors", visitors}, {"needed", visitors_needed}});
}

Unmet household_identified::unmet(const GuardContext& given) {
  return unless(!given.subject.fact("household").text().empty());
}

Unmet not_restricted::unmet(const GuardContext& given) {
  const std::string& restricted = given.subject.fact("restricted").text();
  return unless(restricted.empty() || restricted == "none", {{"restricted", restricted}});
}

Unmet application_recorded::unmet(const GuardContext& given) {
  const Value& data = given.draft.data;
  return unless(!data["channel"].text().empty() && data["authorisation"].truth());
}

Unmet restricted_category::unmet(const GuardContext& given) {
  const std::string& kind = given.draft.data["kind"].text();
  return unless(!kind.empty() && kind != "none");
}

Unmet quorum_present::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "village_review");
  const std::int64_t members = meeting != nullptr ? meeting->data["members_due"].integer() : 0;
  const std::int64_t present = meeting != nullptr ? meeting->data["present"].integer() : 0;
  const std::int64_t needed = members / 2 + 1;
  return unless(meeting != nullptr && present >= needed && present <= members,
                {{"members_due", members}, {"present", present}, {"needed", needed}});
}

Unmet majority_agreed::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "village_review");
  if (meeting == nullptr) return Object{{"votes_for", 0}, {"needed", 1}};
  const Votes votes = votes_of(*meeting);
  const std::int64_t voters = votes.present - votes.recused;
  const bool adds_up = votes.agree + votes.against + votes.abstained == voters;
  const bool agreed = meeting->data["decision"].text() == "agree" && votes.agree * 2 > voters;
  return unless(adds_up && agreed, {{"votes_for", votes.agree}, {"needed", voters / 2 + 1}});
}

Unmet minutes_attached::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "village_review");
  return unless(meeting != nullptr && !meeting->data["minutes"].text().empty());
}

Unmet relatives_recused::unmet(const GuardContext& given) {
  const Record* meeting = last_meeting(given, "village_review");
  return unless(meeting != nullptr && meeting->data["relatives_recused"].truth());
}

Unmet review_overdue::unmet(const GuardContext& given) {
  const workflow::Clock* clock = given.subject.running_clock("state");
  const auto due_at = clock != nullptr ? binding_due_at(*clock) : std::nullopt;
  return unless(clock != nullptr && is_late(*clock, given.now),
                {{"due_at", due_at ? Value(workflow::to_text(*due_at)) : Value()}});
}

}  // namespace yimen::definitions::assistance
