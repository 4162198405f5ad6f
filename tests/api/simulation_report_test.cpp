// Past cases under another edition: which are counted, where they would have been late, and how it
// is told. The dates are counted by hand.
#include "api/simulation_report.hpp"

#include <fstream>
#include <sstream>

#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

void replace_after(std::string& text, std::string_view mark, std::string_view former,
                   const std::string& next) {
  const std::size_t at = text.find(former, text.find(mark));
  REQUIRE(at != std::string::npos);
  text.replace(at, former.size(), next);
}

// The edition in force, but that a lead has so many working days.
std::string edition_with(const Casework& office, int lead_days) {
  std::ifstream in_force(YIMEN_SOURCE_DIR "/definitions/assistance/editions/heyu-2021.json");
  std::stringstream bytes;
  bytes << in_force.rdbuf();
  std::string text = bytes.str();
  replace_after(text, "\"name\"", "heyu-2021", "trial");
  replace_after(text, "discovered_5_working", "\"amount\": 5",
                "\"amount\": " + std::to_string(lead_days));
  const std::string file = office.folder.file("trial.json");
  std::ofstream(file) << text;
  return file;
}

workflow::CivilDate day(const char* text) { return workflow::civil_date_from(text).value(); }

void on(Casework& office, const char* instant) {
  office.clock.pass(workflow::instant_from(instant).value() - office.clock.now());
}

}  // namespace

SCENARIO("the cases of a period are simulated under another edition") {
  GIVEN("leads of Monday, Wednesday and the Tuesday after, looked at on Friday") {
    Casework office;
    (void)office.found_case();
    on(office, "2026-03-04T01:00:00Z");
    (void)office.found_case();
    on(office, "2026-03-10T01:00:00Z");
    (void)office.found_case();
    const auto edition =
        api::edition_to_try(edition_with(office, 3), office.rulebook).value();
    const api::SimulationScope scope{edition, day("2026-03-02"), day("2026-03-09"),
                                     workflow::instant_from("2026-03-06T01:00:00Z").value()};
    const auto report =
        api::simulate(office.database->cases(), office.rulebook, scope, nullptr).value();
    THEN("by three working days the first would have been due on Thursday") {
      CHECK(report.cases == api::Comparison{{2, 0}, {2, 1}});
      using Limits = std::map<api::LimitInHand, api::Comparison>;
      CHECK(report.limits ==
            Limits{{{"state", "discovered", "shili_1", "discovered_5_working"}, {{2, 0}, {2, 1}}},
                   {{"discovery", "", "shili_1", "discovery_10_working"}, {{2, 0}, {2, 0}}}});
    }
    THEN("it is told in the operator's language, where something would have been late") {
      std::ostringstream chinese;
      print(report, scope, office.rulebook.texts(), api::http::Language::zh_cn, chinese);
      CHECK(chinese.str().starts_with("2026-03-02至2026-03-09发现的办件共2件"));
      CHECK(std::ranges::count(chinese.str(), '\n') == 3);
      std::ostringstream english;
      print(report, scope, office.rulebook.texts(), api::http::Language::en, english);
      CHECK(english.str().starts_with("2 cases opened from 2026-03-02 to 2026-03-09"));
    }
    THEN("programs read it as JSON") {
      const Value value = to_value(report, scope);
      CHECK(value["cases"]["would"] == Value(Object{{"cases", 2}, {"late", 1}}));
      CHECK(value["edition"]["name"].text() == "trial");
      CHECK(value["limits"].items().size() == 2);
    }
    THEN("nothing has changed") {
      CHECK(office.database.rows_in("journal") == 3);
      CHECK(office.database.rows_in("editions") == 0);
    }
  }
}

SCENARIO("an edition that does not hold together is not tried") {
  Casework office;
  const std::string file = office.folder.file("broken.json");
  std::ofstream(file) << R"({"procedure":"assistance"})";
  const auto broken = api::edition_to_try(file, office.rulebook);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().size() > 1);
  CHECK(broken.error().front().starts_with("broken.json /"));
  const auto endless = api::edition_to_try(edition_with(office, -1), office.rulebook);
  CHECK_FALSE(endless);
  CHECK_FALSE(api::edition_to_try(office.folder.file("nowhere.json"), office.rulebook));
}
