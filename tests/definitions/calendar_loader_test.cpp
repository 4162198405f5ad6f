#include "definitions/calendar_loader.hpp"

#include <filesystem>
#include <fstream>

#include "definitions/digest.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::definitions;

namespace {

const std::filesystem::path calendars = YIMEN_SOURCE_DIR "/definitions/calendars";

using Findings = std::vector<std::string>;

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
  CHECK(year.error() == Findings{"source: is not a known member",
                                 "status: must be announced or provisional",
                                 "days[0].date: must be a civil date, YYYY-MM-DD",
                                 "days[1].day_off: must be true or false",
                                 "days[1].name: must be a text",
                                 "days[2].note: is not a known member",
                                 "days[2].date: 2026-10-01 is listed twice",
                                 "days[3].date: must lie in the year or a neighbouring one",
                                 "days[4]: must be an object"});
}

TEST_CASE("a year that is no object, or lacks everything, is refused") {
  CHECK(calendar_year_from(value_from("[]")).error() == Findings{"must be an object"});
  CHECK(calendar_year_from(value_from("{}")).error() ==
        Findings{"year: must be an integer from 1992 to 9998",
                 "status: must be announced or provisional", "days: must be an array"});
}

TEST_CASE("a bad folder tells what is wrong in every file") {
  const Folder folder;
  CHECK(load_calendar(folder.path).error() ==
        Findings{folder.path.string() + ": holds no YEAR.json"});
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
  CHECK(calendar.error() == Findings{"2024.json: malformed_json at byte 1",
                                     "2025.json: year: must be the year of the file's name",
                                     "2026.json: days: must be an array",
                                     "2023.json: 2022-12-31 contradicts 2022.json"});
}

TEST_CASE("a folder that does not exist is a finding") {
  const auto calendar = load_calendar("no/such/folder");
  REQUIRE_FALSE(calendar);
  CHECK(calendar.error().size() == 1);
}
