#include <algorithm>
#include <optional>
#include <set>

#include "definitions/assistance/procedure.hpp"
#include "definitions/calendar_loader.hpp"
#include "definitions/definition_file.hpp"
#include "definitions/digest.hpp"
#include "definitions/edition_check.hpp"
#include "definitions/edition_loader.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using workflow::Edition;
using workflow::Finding;
using workflow::Value;

namespace {

const std::filesystem::path definitions_folder =
    std::filesystem::path(YIMEN_SOURCE_DIR) / "definitions";

Value heyu_2021() {
  const auto value = definitions::value_in(definitions_folder /
                                           "assistance/editions/heyu-2021.json");
  REQUIRE(value);
  return *value;
}

Value json(std::string_view text) {
  const auto value = workflow::parse(text);
  REQUIRE(value);
  return *value;
}

// A copy in which the value at the JSON Pointer is replaced, or removed where there is none.
Value changed(const Value& value, std::string_view pointer, const std::optional<Value>& put) {
  if (pointer.empty()) return put.value_or(Value());
  const std::size_t end = pointer.find('/', 1);
  const std::string token(pointer.substr(1, end - 1));
  const std::string_view rest = end == std::string_view::npos ? "" : pointer.substr(end);
  const bool removes = rest.empty() && !put;
  Value copy = value;
  if (copy.is_array()) {
    const auto at = static_cast<std::ptrdiff_t>(std::stoul(token));
    auto& items = copy.make_array();
    REQUIRE(at < static_cast<std::ptrdiff_t>(items.size()));
    if (removes) {
      items.erase(items.begin() + at);
    } else {
      items[static_cast<std::size_t>(at)] =
          changed(items[static_cast<std::size_t>(at)], rest, put);
    }
  } else if (removes) {
    REQUIRE(copy.make_object().erase(token));
  } else {
    copy.make_object().set(token, changed(copy[token], rest, put));
  }
  return copy;
}

// What loader and check find, as "pointer code".
std::set<std::string> findings_of(const Value& value) {
  static const auto organisation =
      definitions::load_organisation(definitions_folder / "organisation/heyu.json");
  static const auto calendar = definitions::load_calendar(definitions_folder / "calendars");
  REQUIRE(organisation);
  REQUIRE(calendar);
  const auto edition = definitions::edition_from(value);
  const auto findings =
      edition ? definitions::check(*edition, definitions::assistance::procedure(), *organisation,
                                   &*calendar)
              : edition.error();
  std::set<std::string> found;
  for (const Finding& finding : findings) found.insert(finding.pointer + " " + finding.code);
  return found;
}

struct Hole {
  std::string pointer;
  std::optional<std::string> put;  // JSON; nothing removes the member
  std::string finding;
};

void finds(const Hole& hole) {
  CAPTURE(hole.pointer, hole.put.value_or("(removed)"));
  const auto put = hole.put ? std::optional(json(*hole.put)) : std::nullopt;
  const auto findings = findings_of(changed(heyu_2021(), hole.pointer, put));
  std::string all;
  for (const std::string& finding : findings) all += finding + "\n";
  CAPTURE(all);
  CHECK(findings.contains(hole.finding));
}

}  // namespace

TEST_CASE("the edition heyu-2021 can take effect") {
  CHECK(findings_of(heyu_2021()) == std::set<std::string>{});
}

TEST_CASE("an edition and its forms are named by their digests") {
  const Value value = heyu_2021();
  const auto edition = definitions::edition_from(value);
  REQUIRE(edition);
  CHECK(edition->digest == definitions::sha256_hex(canonical(value)));
  CHECK(edition->form("discover")->digest ==
        definitions::sha256_hex(canonical(value["forms"]["discover"]["schema"])));
  const auto other = definitions::edition_from(changed(value, "/returns_max", Value(3)));
  REQUIRE(other);
  CHECK(other->digest != edition->digest);
  CHECK(other->returns_max == 3);
}

TEST_CASE("a policy that names the state wins over one that does not") {
  const auto edition = definitions::edition_from(heyu_2021());
  REQUIRE(edition);
  REQUIRE(edition->step("explain", "assigned_to_department") != nullptr);
  CHECK(edition->step("explain", "assigned_to_department")->signoff.mode ==
        workflow::SignoffMode::one_of);
  CHECK(edition->step("explain", "discovered")->signoff.mode == workflow::SignoffMode::none);
  CHECK(edition->step("archive", "publicized")->posts.back() == "system");
  CHECK(edition->step("nothing_like_it", "discovered") == nullptr);
  CHECK(edition->annotation("record_opinion")->guards ==
        std::vector<std::string>{"investigation_recorded"});
  CHECK(edition->category("temporary_relief")->approval == "local");
  CHECK(edition->category("nothing_like_it") == nullptr);
}

TEST_CASE("a malformed edition is found by the loader") {
  finds({"/valid_from", std::nullopt, "/valid_from required"});
  finds({"/surprise", "1", "/surprise unknown_member"});
  finds({"/events/agree/0/guards", R"(["reason_given"])", "/events/agree/0/guards unknown_member"});
  finds({"/annotations/note/from", R"("handled")", "/annotations/note/from unknown_member"});
  finds({"/events/agree", "{}", "/events/agree wrong_type"});
  finds({"/events/handle/0/signoff/mode", R"("somebody")",
         "/events/handle/0/signoff/mode unknown_value"});
  finds({"/take_back_window/unit", R"("weeks")", "/take_back_window/unit unknown_value"});
  finds({"/take_back_window/amount", "-1", "/take_back_window/amount too_small"});
  finds({"/categories/medical/approval", R"("nobody")",
         "/categories/medical/approval unknown_value"});
  finds({"/clocks/0/limits/0/mark", R"("rumour")", "/clocks/0/limits/0/mark unknown_value"});
  finds({"/clocks/0/limits/0/basis", R"("")", "/clocks/0/limits/0/basis too_short"});
  finds({"/clocks/0/limits/1/when/emergency", "[]",
         "/clocks/0/limits/1/when condition_without_values"});
  finds({"/ladder/0/day_before", "true", "/ladder/0/code rung_in_two_places"});
  finds({"/events/discover/0/posts", R"(["village_worker","village_worker"])",
         "/events/discover/0/posts/1 named_twice"});
  finds({"/explained_notice", R"("loud")", "/explained_notice unknown_value"});
  finds({"", "[]", " wrong_type"});
}

TEST_CASE("a hole in the steps is found") {
  finds({"/events/agree", std::nullopt, "/events/agree event_without_policy"});
  finds({"/events/agree", "[]", "/events/agree event_without_policy"});
  finds({"/events/explain/0", std::nullopt, "/events/explain event_without_policy"});
  finds({"/annotations/note", std::nullopt, "/annotations/note annotation_without_policy"});
  finds({"/events/dance", R"([{"posts":["commander"]}])", "/events/dance unknown_event"});
  finds({"/annotations/dance", R"({"posts":["commander"]})",
         "/annotations/dance unknown_annotation"});
  finds({"/events/accept/0/posts", R"(["village_commander"])",
         "/events/accept/0/posts/0 level_not_allowed"});
  finds({"/events/accept/0/posts", R"(["village_commander"])",
         "/events/accept/0/posts nobody_may_act"});
  finds({"/events/explain/0/posts", R"(["station_clerk","village_worker"])",
         "/events/explain/0/posts/1 level_not_allowed"});
  finds({"/annotations/record_payment/posts", R"(["village_worker"])",
         "/annotations/record_payment/posts/0 level_not_allowed"});
  finds({"/events/accept/0/posts", "[]", "/events/accept/0/posts nobody_may_act"});
  finds({"/events/accept/0/posts", R"(["king"])", "/events/accept/0/posts/0 unknown_post"});
  finds({"/events/accept/0/form", R"("nothing_like_it")", "/events/accept/0/form unknown_form"});
  finds({"/events/decline/0/form", std::nullopt, "/events/decline/0/form required"});
  finds({"/events/explain/1/from", R"("nowhere")", "/events/explain/1/from unknown_state"});
  finds({"/events/explain/1/from", R"("archived")", "/events/explain/1/from no_such_step"});
  finds({"/events/agree",
         R"([{"posts":["village_commander"]},{"posts":["village_commander"]}])",
         "/events/agree/1/from named_twice"});
  finds({"/annotations/record_opinion/guards", R"(["weather_is_fine"])",
         "/annotations/record_opinion/guards/0 unknown_guard"});
}

TEST_CASE("a sign-off that can fail for want of a person is found") {
  finds({"/events/handle/0/signoff/substitutes", std::nullopt,
         "/events/handle/0/signoff signoff_without_substitute"});
  finds({"/events/handle/0/signoff/substitutes", R"(["department_head"])",
         "/events/handle/0/signoff signoff_without_substitute"});
  finds({"/events/handle/0/signoff/posts", "[]", "/events/handle/0/signoff/posts too_few"});
  finds({"/events/handle/0/signoff/posts", R"(["king"])",
         "/events/handle/0/signoff/posts/0 unknown_post"});
  const std::string vote = R"({"mode":"vote","posts":["commander"],
      "substitutes":["deputy_commander"],"members":5,"majority_percent":50,"quorum":)";
  finds({"/events/handle/0/signoff", vote + "6}",
         "/events/handle/0/signoff vote_impossible"});
  finds({"/events/handle/0/signoff", vote + "0}",
         "/events/handle/0/signoff vote_impossible"});
  CHECK(findings_of(changed(heyu_2021(), "/events/handle/0/signoff", json(vote + "3}"))).empty());
}

TEST_CASE("a post that nobody can hold is found") {
  finds({"/post_level/commander", R"("palace")", "/post_level/commander post_nobody_holds"});
  finds({"/post_level/commander", R"("village")", "/post_level/commander level_differs"});
  finds({"/post_level/king", R"("station")", "/post_level/king unknown_post"});
}

TEST_CASE("a state without a deadline is found") {
  for (const char* clock : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}) {
    finds({"/clocks/" + std::string(clock), std::nullopt, "/clocks state_without_deadline"});
  }
  // Once approved, or before that, no limit would bind.
  finds({"/clocks/7/limits/1", std::nullopt, "/clocks state_without_deadline"});
  finds({"/clocks/7/limits/0", std::nullopt, "/clocks state_without_deadline"});
  finds({"/clocks/0/limits/0/when", R"({"category":["medical"]})",
         "/clocks state_without_deadline"});
  finds({"/clocks/0/limits/0/valid_to", R"("2022-12-31")", "/clocks state_without_deadline"});
  finds({"/clocks/0/limits/0/valid_from", R"("2022-01-01")", "/clocks state_without_deadline"});
}

TEST_CASE("a hole in the clocks is found") {
  finds({"/clocks/0/state", R"("nowhere")", "/clocks/0/state unknown_state"});
  finds({"/clocks/0/state", R"("archived")", "/clocks/0/state closed_state"});
  finds({"/clocks/0/state", R"("village_review")", "/clocks/1/name named_twice"});
  finds({"/clocks/0/limits", "[]", "/clocks/0/limits too_few"});
  finds({"/clocks/12/starts_on", R"(["dance"])", "/clocks/12/starts_on/0 unknown_event"});
  finds({"/clocks/13/stops_on/0", R"("dance")", "/clocks/13/stops_on/0 unknown_event"});
  finds({"/clocks/12/stops_entering/0", R"("nowhere")",
         "/clocks/12/stops_entering/0 unknown_state"});
  finds({"/clocks/12/starts_on", std::nullopt, "/clocks/12 clock_never_starts"});
  finds({"/clocks/12/stops_entering", std::nullopt, "/clocks/12 clock_never_stops"});
  finds({"/clocks/12/limits/0/code", R"("discovered_5_working")",
         "/clocks/12/limits/0/code named_twice"});
  finds({"/clocks/12/limits/0/valid_from", R"("2026-02-29")",
         "/clocks/12/limits/0/valid_from civil_date"});
  finds({"/clocks/12/limits/0/valid_to", R"("yesterday")",
         "/clocks/12/limits/0/valid_to civil_date"});
  finds({"/clocks/12/limits/0/budget/amount", "0", "/clocks/12/limits/0/budget budget_empty"});
  finds({"/clocks/8/limits/0/budget/amount", "32", "/clocks/8/limits/0/budget/amount too_large"});
  finds({"/clocks/8/limits/0/on_expiry", R"("dance")",
         "/clocks/8/limits/0/on_expiry unknown_event"});
  finds({"/clocks/8/limits/0/on_expiry", R"("reopen")",
         "/clocks/8/limits/0/on_expiry expiry_cannot_act"});
  finds({"/events/publish/1/posts", R"(["station_clerk"])",
         "/clocks/8/limits/0/on_expiry expiry_cannot_act"});
  finds({"/clocks/5/limits/1/when/category", R"(["treasure"])",
         "/clocks/5/limits/1/when/category unknown_category"});
  finds({"/ladder/3", std::nullopt, "/ladder ladder_without_expiry"});
  finds({"/emergency_ladder/0/code", R"("remind_80")", "/emergency_ladder/1/code named_twice"});
}

TEST_CASE("a hole in the forms is found") {
  finds({"/forms/accept", std::nullopt, "/events/accept/0/form unknown_form"});
  finds({"/forms/accept/examples", "[]", "/forms/accept/examples too_few"});
  finds({"/forms/accept/examples/0/category", R"("treasure")",
         "/forms/accept/examples/0/category unknown_value"});
  finds({"/forms/accept/examples/0/basis", std::nullopt,
         "/forms/accept/examples/0/basis required"});
  finds({"/forms/accept/schema/additionalProperties", std::nullopt,
         "/forms/accept/schema not_closed"});
  finds({"/forms/note/schema/properties/text/x-personal", std::nullopt,
         "/forms/note/schema/properties/text must_be_personal"});
  finds({"/forms/object/schema/properties/contact/x-personal", "false",
         "/forms/object/schema/properties/contact must_be_personal"});
  finds({"/forms/accept/schema/properties/category/enum/0", R"("treasure")",
         "/forms/accept/schema/properties/category/enum unknown_category"});
  finds({"/forms/suspend_clock/schema/properties/clock/enum/0", R"("hourglass")",
         "/forms/suspend_clock/schema/properties/clock/enum unknown_clock"});
  finds({"/forms/add_signer/schema/properties/post/enum/0", R"("king")",
         "/forms/add_signer/schema/properties/post/enum unknown_post"});
  finds({"/events/approve/0/form", R"("accept")", "/forms/approve unused_form"});
}

TEST_CASE("a hole in the rest is found") {
  finds({"/procedure", R"("dance")", "/procedure unknown_procedure"});
  finds({"/valid_from", R"("2026-02-29")", "/valid_from civil_date"});
  finds({"/valid_from", R"("2030-01-01")", "/valid_from provisional_year"});
  finds({"/case_number_format", R"("{year}")", "/case_number_format missing_placeholder"});
  finds({"/case_number_format", std::nullopt, "/case_number_format missing_placeholder"});
  finds({"/lateness_reasons", "[]", "/lateness_reasons too_few"});
  finds({"/take_back_window/amount", "0", "/take_back_window budget_empty"});
  finds({"/departments/1", R"("palace")", "/departments/1 unknown_unit"});
  finds({"/departments/1", R"("shili_1")", "/departments/1 level_not_allowed"});
  finds({"/categories/medical/department", R"("palace")",
         "/categories/medical/department unknown_department"});
  finds({"/categories/medical/notice_period/amount", "0",
         "/categories/medical/notice_period budget_empty"});
  finds({"/categories/medical/repeat_notice_period/amount", "0",
         "/categories/medical/repeat_notice_period budget_empty"});
  finds({"/categories/medical/required_documents/0", R"("love_letter")",
         "/categories/medical/required_documents/0 unknown_document"});
}

TEST_CASE("many holes are found at once") {
  Value value = changed(heyu_2021(), "/events/agree", std::nullopt);
  value = changed(value, "/clocks/0", std::nullopt);
  value = changed(value, "/procedure", Value("dance"));
  const auto findings = findings_of(value);
  CHECK(findings.contains("/events/agree event_without_policy"));
  CHECK(findings.contains("/clocks state_without_deadline"));
  CHECK(findings.contains("/procedure unknown_procedure"));
}
