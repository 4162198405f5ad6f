// How the guards read a case's records: the vocabulary of refusals and of what lies in the forms.
#pragma once

#include <string_view>
#include <vector>

#include "definitions/assistance/guards.hpp"
#include "definitions/unmet.hpp"

namespace yimen::definitions::assistance {

using workflow::Array;
using workflow::GuardContext;
using workflow::Instant;
using workflow::Object;
using workflow::Outcome;
using workflow::Record;
using workflow::Value;

constexpr const char* county_unit = "county_centre";

// The last meeting of a kind that is not void; nullptr where there is none.
[[nodiscard]] const Record* last_meeting(const GuardContext& given, std::string_view kind);
// Distinct entries of a list of people.
[[nodiscard]] int distinct(const Value& list);
[[nodiscard]] bool holds_text(const Value& list, std::string_view text);
// The category's policy; nullptr while the case has none.
[[nodiscard]] const workflow::Category* category_of(const GuardContext& given);
// Required documents of the category that are not attached.
[[nodiscard]] Array missing_documents(const GuardContext& given);
// Objections that still wait for the station's finding.
[[nodiscard]] std::vector<const Record*> open_objections(const GuardContext& given);
// The period of the notice that runs or ran last; nothing while none is posted or after it was
// taken down before its time.
struct NoticePeriod {
  Instant from;
  Instant to;
};
[[nodiscard]] std::optional<NoticePeriod> notice_period(const GuardContext& given);
// Children of a split that are in none of these states.
[[nodiscard]] Array children_outside(const GuardContext& given,
                                     std::initializer_list<std::string_view> states);

}  // namespace yimen::definitions::assistance
