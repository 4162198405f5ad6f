#include "definitions/assistance/reading.hpp"

#include <algorithm>
#include <set>

namespace yimen::definitions::assistance {

namespace {

using workflow::Budget;
using workflow::BudgetUnit;

// A posting counts as long as the category asks for, or longer where the paper says so; from the
// day on the paper, but the days before it was entered are not credited.
NoticePeriod period_of_posting(const GuardContext& given, const Record& posting,
                               const Budget& required) {
  const auto starts_on = workflow::civil_date_from(posting.data["starts_on"].text());
  const Instant from = starts_on ? workflow::start_of(*starts_on) : posting.recorded_at;
  const Instant counts_from = std::max(from, posting.recorded_at);
  const bool counts_working_days = posting.data["unit"].text() == "working_days";
  const Budget announced{
      counts_working_days ? BudgetUnit::working_days : BudgetUnit::calendar_days,
      static_cast<int>(posting.data["days"].integer()), required.rolls};
  const Instant by_rule = due(required, counts_from, given.calendar, {}, given.now).at;
  const Instant by_paper = due(announced, counts_from, given.calendar, {}, given.now).at;
  return {from, std::max(by_rule, by_paper)};
}

bool was_taken_down_early(const GuardContext& given, const Record& posting,
                          const NoticePeriod& period) {
  const auto removals = given.subject.all(take_down_notice::name);
  return std::any_of(removals.begin(), removals.end(), [&](const Record* removal) {
    return removal->sequence > posting.sequence && removal->occurred_at <= period.to &&
           removal->data["kind"] == posting.data["kind"];
  });
}

// The period of the last posting that stayed up; long-term notices come on top and do not count.
std::optional<NoticePeriod> posted_period(const GuardContext& given, const Budget& required) {
  const auto postings = given.subject.all(post_notice::name);
  for (auto posting = postings.rbegin(); posting != postings.rend(); ++posting) {
    if ((*posting)->data["kind"].text() == "long_term") continue;
    const NoticePeriod period = period_of_posting(given, **posting, required);
    if (was_taken_down_early(given, **posting, period)) return std::nullopt;
    return period;
  }
  return std::nullopt;
}

}  // namespace

const Record* last_meeting(const GuardContext& given, std::string_view kind) {
  const auto meetings = given.records(record_meeting::name);
  const auto found = std::find_if(meetings.rbegin(), meetings.rend(), [&](const Record* record) {
    return record->data["kind"].text() == kind;
  });
  return found != meetings.rend() ? *found : nullptr;
}

int distinct(const Value& list) {
  std::set<std::string> people;
  for (const Value& item : list.items()) people.insert(item.text());
  return static_cast<int>(people.size());
}

bool holds_text(const Value& list, std::string_view text) {
  const Array& items = list.items();
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& item) { return item.text() == text; });
}

const workflow::Category* category_of(const GuardContext& given) {
  return given.edition.category(given.subject.fact("category").text());
}

Array missing_documents(const GuardContext& given) {
  Array missing;
  const workflow::Category* category = category_of(given);
  if (category == nullptr) return missing;
  const auto attached = given.records(attach::name);
  for (const std::string& kind : category->required_documents) {
    const bool present = std::any_of(attached.begin(), attached.end(), [&](const Record* record) {
      return record->data["document_kind"].text() == kind;
    });
    if (!present) missing.emplace_back(kind);
  }
  return missing;
}

std::vector<const Record*> open_objections(const GuardContext& given) {
  // A finding still answers its objections after a later return has voided the repeat notice.
  std::int64_t concluded = 0;
  for (const Record& record : given.subject.records) {
    if (record.kind == uphold_objection::name || record.kind == reject_objection::name) {
      concluded = record.sequence;
    }
  }
  std::vector<const Record*> open;
  for (const char* kind : {object::name, add_objection::name}) {
    for (const Record* record : given.subject.all(kind)) {
      if (record->sequence > concluded) open.push_back(record);
    }
  }
  return open;
}

std::optional<NoticePeriod> notice_period(const GuardContext& given) {
  const Record* published = given.subject.last(publish::name);
  if (published == nullptr) return std::nullopt;
  const workflow::Category* category = category_of(given);
  auto period =
      posted_period(given, category != nullptr ? category->notice_period : Budget{});
  const Record* repeated = given.subject.last(reject_objection::name);
  if (category == nullptr || repeated == nullptr || repeated->sequence < published->sequence) {
    return period;
  }
  // A rejected objection lengthens the notice and never shortens it.
  const Instant from = repeated->recorded_at;
  const Instant to =
      due(category->repeat_notice_period, from, given.calendar, {}, given.now).at;
  if (!period) return NoticePeriod{from, to};
  period->to = std::max(period->to, to);
  return period;
}

Array children_outside(const GuardContext& given,
                       std::initializer_list<std::string_view> states) {
  Array outside;
  for (const Value& child : given.subject.fact("children").items()) {
    const std::string& state = child["state"].text();
    if (std::find(states.begin(), states.end(), state) == states.end()) {
      outside.push_back(child["unit"]);
    }
  }
  return outside;
}

}  // namespace yimen::definitions::assistance
