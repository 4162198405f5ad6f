#include "workflow/time.hpp"

#include "tests/support/catch.hpp"

using namespace yimen::workflow;

TEST_CASE("an instant belongs to the civil day of Shanghai") {
  const auto [at, day] = GENERATE(table<std::string, std::string>({
      {"2026-02-12T15:59:59.999Z", "2026-02-12"},
      {"2026-02-12T16:00:00.000Z", "2026-02-13"},
      {"2026-02-13T15:59:59.999Z", "2026-02-13"},
      {"2025-12-31T16:00:00.000Z", "2026-01-01"},
      {"2024-02-28T16:00:00.000Z", "2024-02-29"},
      {"1969-12-31T15:59:59.999Z", "1969-12-31"},
      {"1969-12-31T16:00:00.000Z", "1970-01-01"},
  }));
  CHECK(to_text(civil_date_of(instant_from(at).value())) == day);
}

TEST_CASE("a civil day begins at midnight and ends with its last millisecond") {
  const CivilDate day = civil_date_from("2024-02-29").value();
  CHECK(to_text(start_of(day)) == "2024-02-28T16:00:00.000Z");
  CHECK(to_text(end_of(day)) == "2024-02-29T15:59:59.999Z");
  CHECK(civil_date_of(start_of(day)) == day);
  CHECK(civil_date_of(end_of(day)) == day);
}

TEST_CASE("instants are read with any offset and written in UTC") {
  const auto [text, written] = GENERATE(table<std::string, std::string>({
      {"2026-02-13T01:02:03.004Z", "2026-02-13T01:02:03.004Z"},
      {"2026-02-13T01:02:03Z", "2026-02-13T01:02:03.000Z"},
      {"2026-02-13t01:02:03.5z", "2026-02-13T01:02:03.500Z"},
      {"2026-02-13T09:02:03.04+08:00", "2026-02-13T01:02:03.040Z"},
      {"2026-01-01T00:00:00+08:00", "2025-12-31T16:00:00.000Z"},
      {"2025-12-31T20:30:00-03:30", "2026-01-01T00:00:00.000Z"},
      {"2026-02-13T01:02:03-00:00", "2026-02-13T01:02:03.000Z"},
      {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"},
      {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
  }));
  CAPTURE(text);
  const auto at = instant_from(text);
  REQUIRE(at);
  CHECK(to_text(*at) == written);
  CHECK(instant_from(to_text(*at)) == at);
  CHECK(instant_of(milliseconds_of(*at)) == *at);
}

TEST_CASE("a text that is no instant is refused") {
  const std::string text = GENERATE(as<std::string>{}, "", "2026-02-13", "2026-02-13T01:02:03",
      "2026-02-13 01:02:03Z", "2026-02-29T00:00:00Z", "2026-02-13T24:00:00Z",
      "2026-02-13T23:60:00Z", "2026-02-13T23:59:60Z", "2026-02-13T01:02Z",
      "2026-02-13T01:02:03.Z", "2026-02-13T01:02:03.0004Z", "2026-02-13T01:02:03,5Z",
      "2026-02-13T01:02:03+08", "2026-02-13T01:02:03+0800", "2026-02-13T01:02:03+24:00",
      "2026-02-13T01:02:03+08:60", "2026-02-13T01:02:03Z ", " 2026-02-13T01:02:03Z",
      "+026-02-13T01:02:03Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
      "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01");
  CAPTURE(text);
  CHECK_FALSE(instant_from(text));
}

TEST_CASE("a civil date exists or is refused") {
  const auto [text, exists] = GENERATE(table<std::string, bool>({
      {"2024-02-29", true},
      {"2000-02-29", true},
      {"2026-12-31", true},
      {"2026-02-29", false},
      {"2100-02-29", false},
      {"2026-04-31", false},
      {"2026-00-10", false},
      {"2026-01-00", false},
      {"2026-1-01", false},
      {"2026-01-1", false},
      {"20260101", false},
      {"2026/01/01", false},
      {"2026-01-01T", false},
      {"2026-01-+1", false},
      {"", false},
  }));
  CAPTURE(text);
  const auto day = civil_date_from(text);
  REQUIRE(day.has_value() == exists);
  if (day) CHECK(to_text(*day) == text);
}
