#include "definitions/organisation.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace yimen;
using definitions::Organisation;
using workflow::Value;

namespace {

const std::filesystem::path heyu =
    std::filesystem::path(YIMEN_SOURCE_DIR) / "definitions/organisation/heyu.json";

constexpr std::string_view small_one = R"({
  "jurisdiction": "heyu", "division_code": "500229221",
  "units": [
    {"code": "station", "level": "station", "title": {"zh": "站", "en": "Station"}},
    {"code": "a", "level": "village", "title": {"zh": "甲", "en": "A"}, "parent": "station",
     "division_code": "500229221001"}],
  "posts": [{"code": "clerk", "level": "station", "title": {"zh": "员", "en": "Clerk"}}]})";

// The findings after one text of the small organisation is replaced by another.
std::vector<std::pair<std::string, std::string>> findings_with(std::string_view from,
                                                               std::string_view to) {
  std::string text(small_one);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const auto value = workflow::parse(text);
  REQUIRE(value);
  std::vector<std::pair<std::string, std::string>> found;
  const auto organisation = definitions::organisation_from(*value);
  if (organisation) return found;
  for (const auto& finding : organisation.error()) {
    found.emplace_back(finding.pointer, finding.code);
  }
  return found;
}

}  // namespace

SCENARIO("the township has its three levels, eight departments and five villages") {
  const auto organisation = definitions::load_organisation(heyu);
  REQUIRE(organisation);
  CHECK(organisation->jurisdiction == "heyu");
  CHECK(organisation->division_code == "500229221");
  const auto count = [&](std::string_view level) {
    return std::ranges::count(organisation->units, level, &definitions::Unit::level);
  };
  CHECK(count("county") == 1);
  CHECK(count("station") == 1);
  CHECK(count("department") == 8);
  CHECK(count("village") == 5);
  CHECK(organisation->posts.size() == 16);
  REQUIRE(organisation->unit("heyu_community") != nullptr);
  CHECK(organisation->unit("heyu_community")->parent == "station");
  CHECK(organisation->unit("station")->parent == "county_centre");
  CHECK(organisation->unit("nowhere") == nullptr);
  REQUIRE(organisation->post("village_commander") != nullptr);
  CHECK(organisation->post("village_commander")->level == "village");
}

TEST_CASE("a mistake in the organisation is found at its place") {
  const auto [from, to, pointer, code] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {R"("parent": "station")", R"("parent": "b")", "/units/1/parent", "unknown_unit"},
          {R"("parent": "station")", R"("parent": "a")", "/units/1/parent", "circle"},
          {R"("code": "a")", R"("code": "station")", "/units/1/code", "named_twice"},
          {R"("code": "a")", R"("code": "A-1")", "/units/1/code", "unit_code"},
          {R"("level": "village")", R"("level": "city")", "/units/1/level", "unknown_value"},
          {R"("500229221001")", R"("5002292210")", "/units/1/division_code", "division_code"},
          {R"("500229221")", R"("500229")", "/division_code", "division_code"},
          {R"("zh": "甲", )", "", "/units/1/title/zh", "required"},
          {R"("jurisdiction")", R"("juristiction")", "/juristiction", "unknown_member"},
          {R"("clerk", "level": "station")", R"("clerk", "level": "county")", "/posts/0",
           "post_nobody_holds"},
      }));
  CAPTURE(to);
  const auto findings = findings_with(from, to);
  CHECK(std::ranges::find(findings, std::pair(pointer, code)) != findings.end());
}

TEST_CASE("the small organisation is sound, and a file that is none says why") {
  CHECK(findings_with("clerk", "clerk").empty());
  const auto missing = definitions::load_organisation("nowhere.json");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().front().code == "cannot_be_read");
}
