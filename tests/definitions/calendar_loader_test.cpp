#include "definitions/calendar_loader.hpp"

#include <filesystem>
#include <fstream>

#include "definitions/digest.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::definitions;

namespace {

const std::filesystem::path calendars = YIMEN_SOURCE_DIR "/definitions/calendars";

using Lines = std::vector<std::string>;

// "pointer code params" of each.
Lines told(const std::vector<workflow::Finding>& findings) {
  Lines lines;
  for (const workflow::Finding& finding : findings) {
    lines.push_back(finding.pointer + " " + finding.code +
                    (finding.params.empty() ? "" : " " + canonical(finding.params)));
  }
  return lines;
}

// A folder with the given files, removed at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "calendars-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
  }

  std::filesystem::path path;
};

workflow::Value value_from(const std::string& text) { return workflow::parse(text).value(); }

}  // namespace

TEST_CASE("SHA-256 is written in lower-case hexadecimal") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("the calendars hold the working days that the notices order") {
  const auto calendar = load_calendar(calendars);
  REQUIRE(calendar);
  const auto [year, expected] = GENERATE(table<int, int>(
      {{2021, 250}, {2022, 249}, {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}}));
  const auto first = workflow::CivilDate(std::chrono::year(year) / std::chrono::January / 1);
  const auto end = workflow::CivilDate(std::chrono::year(year + 1) / std::chrono::January / 1);
  int count = 0;
  for (auto day = first; day < end; day += std::chrono::days(1)) {
    if (calendar->is_working_day(day)) ++count;
    CHECK_FALSE(calendar->is_provisional(day));
  }
  CHECK(count == expected);
  CHECK(calendar->is_provisional(workflow::CivilDate(std::chrono::year(2027) / 1 / 1)));
  CHECK(calendar->years().size() == 7);
}

TEST_CASE("the digest depends on what the files say, not on how they are written") {
  const Folder folder;
  folder.write("2026.json", R"({"year":2026,"status":"announced","days":[]})");
  const auto first = load_calendar(folder.path);
  REQUIRE(first);
  CHECK(first->digest() == sha256_hex(R"({"days":[],"status":"announced","year":2026})"));
  folder.write("2026.json", R"({ "days": [], "status": "announced", "year": 2026 })");
  folder.write("NOTICE.md", "left alone");
  CHECK(load_calendar(folder.path)->digest() == first->digest());
  folder.write("2027.json", R"({"year":2027,"status":"provisional","days":[]})");
  CHECK(load_calendar(folder.path)->digest() != first->digest());
}

TEST_CASE("a year is written as it is read") {
  const auto calendar = load_calendar(calendars);
  REQUIRE(calendar);
  for (const workflow::CalendarYear& year : calendar->years()) {
    CHECK(calendar_year_from(value_of(year)) == year);
  }
  CHECK(calendar_of(calendar->years()).digest() == calendar->digest());
}

TEST_CASE("a bad year tells all that is wrong with it at once") {
  const auto year = calendar_year_from(value_from(R"({
      "year": 2026, "status": "maybe", "source": "x",
      "days": [
        {"date": "2026-02-29", "day_off": true, "name": "春节"},
        {"date": "2026-10-01", "day_off": 1, "name": ""},
        {"date": "2026-10-01", "day_off": true, "name": "国庆节", "note": ""},
        {"date": "2024-12-31", "day_off": true, "name": "元旦"},
        7,
        {"date": "2025-12-31", "day_off": true, "name": "元旦"}]})"));
  REQUIRE_FALSE(year);
  CHECK(told(year.error()) == Lines{"/source unknown_member", "/status unknown_status",
                                    "/days/0/date civil_date",
                                    "/days/1/day_off wrong_type {\"expected\":\"boolean\"}",
                                    "/days/1/name required", "/days/2/note unknown_member",
                                    "/days/2/date named_twice {\"name\":\"2026-10-01\"}",
                                    "/days/3/date outside_year {\"year\":2026}",
                                    "/days/4 wrong_type {\"expected\":\"object\"}"});
}

TEST_CASE("a year that is no object, or lacks everything, is refused") {
  CHECK(told(calendar_year_from(value_from("[]")).error()) ==
        Lines{" wrong_type {\"expected\":\"object\"}"});
  CHECK(told(calendar_year_from(value_from("{}")).error()) ==
        Lines{"/year year_out_of_range {\"max\":9998,\"min\":1992}", "/status unknown_status",
              "/days wrong_type {\"expected\":\"array\"}"});
}

TEST_CASE("a bad folder tells what is wrong in every file") {
  const Folder folder;
  CHECK(load_calendar(folder.path).error() ==
        Lines{folder.path.string() + ": holds no YEAR.json"});
  folder.write("2022.json", R"({"year":2022,"status":"announced","days":[
      {"date":"2022-12-31","day_off":false,"name":"元旦"}]})");
  folder.write("2023.json", R"({"year":2023,"status":"announced","days":[
      {"date":"2022-12-31","day_off":true,"name":"元旦"}]})");
  folder.write("2024.json", "{");
  folder.write("2025.json", R"({"year":2026,"status":"announced","days":[]})");
  folder.write("2026.json", R"({"year":2026,"status":"announced"})");
  std::filesystem::create_directory(folder.path / "2028.json");
  const auto calendar = load_calendar(folder.path);
  REQUIRE_FALSE(calendar);
  CHECK(calendar.error() ==
        Lines{"2024.json: malformed_json at byte 1",
              "2025.json: year: must be the year of the file's name",
              "2026.json /days: wrong_type {\"expected\":\"array\"}",
              "2023.json /days/0/date: contradicts_year {\"date\":\"2022-12-31\",\"year\":2022}"});
}

TEST_CASE("a folder that does not exist is a finding") {
  const auto calendar = load_calendar("no/such/folder");
  REQUIRE_FALSE(calendar);
  CHECK(calendar.error().size() == 1);
}

TEST_CASE("a year takes the place of the one of its number, or stands beside the others") {
  const auto calendar = load_calendar(calendars);
  REQUIRE(calendar);
  const auto day = workflow::civil_date_from("2027-03-05").value();  // a Friday
  const auto next = with_year(*calendar, {2027, false, {{day, true, "调休"}}});
  CHECK(calendar->is_working_day(day));
  CHECK_FALSE(next.is_working_day(day));
  CHECK_FALSE(next.is_provisional(day));
  CHECK(next.years().size() == calendar->years().size());
  CHECK(with_year(next, {2028, true, {}}).years().size() == next.years().size() + 1);
  CHECK(with_year(*calendar, calendar->years().back()).digest() == calendar->digest());

  const auto last = workflow::civil_date_from("2026-12-31").value();
  const workflow::CalendarYear contrary{2027, false, {{last, true, "元旦"}}};
  CHECK(contradictions(contrary, calendar->years()).empty());
  const workflow::CalendarYear neighbour{2026, false, {{last, false, "元旦"}}};
  CHECK(told(contradictions(contrary, {neighbour})) ==
        Lines{"/days/0/date contradicts_year {\"date\":\"2026-12-31\",\"year\":2026}"});
}
