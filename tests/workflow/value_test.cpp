#include "workflow/value.hpp"

#include "tests/support/catch.hpp"

using namespace yimen::workflow;

TEST_CASE("a value is written in one canonical form, whatever the order it was read in") {
  const auto value = parse(R"( {"b":[1,-2,true,null], "a":"中\u0041\n", "10":{}} )");
  REQUIRE(value);
  CHECK(canonical(*value) == R"({"10":{},"a":"中A\n","b":[1,-2,true,null]})");
  CHECK(parse(canonical(*value)) == *value);
}

TEST_CASE("what has no canonical form is refused with its reason") {
  const auto [text, code] = GENERATE(table<std::string, std::string>({
      {"", "malformed_json"},
      {"{", "malformed_json"},
      {"[1,]", "malformed_json"},
      {"{} {}", "malformed_json"},
      {"\"\xff\"", "malformed_json"},
      {"\"\xed\xa0\x80\"", "malformed_json"},
      {"01", "malformed_json"},
      {"NaN", "malformed_json"},
      {R"({"a":1,"a":1})", "duplicate_member"},
      {R"({"a":1,"\u0061":2})", "duplicate_member"},
      {"1.5", "number_out_of_range"},
      {"1e3", "number_out_of_range"},
      {"9007199254740993", "number_out_of_range"},
      {"18446744073709551616", "number_out_of_range"},
      {std::string(33, '['), "too_deep"},
      {std::string(200000, '['), "too_deep"},
  }));
  CAPTURE(text.substr(0, 40));
  const auto value = parse(text);
  REQUIRE_FALSE(value);
  CHECK(value.error().code == code);
}

TEST_CASE("members that are absent read as the null value") {
  const Value value(Object{{"a", Object{{"b", 7}}}});
  CHECK(value["a"]["b"].integer() == 7);
  CHECK(value["x"]["y"].is_null());
  CHECK(value["a"].text().empty());
}
