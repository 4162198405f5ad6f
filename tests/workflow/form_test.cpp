#include "workflow/form.hpp"

#include <chrono>

#include "tests/support/catch.hpp"
#include "workflow/format.hpp"
#include "workflow/pattern.hpp"

using namespace yimen::workflow;

namespace {

Value json(std::string_view text) {
  const auto value = parse(text);
  REQUIRE(value);
  return *value;
}

// A form with one member `value` of the given schema.
Value form_of(std::string_view schema) {
  return json(R"({"type":"object","additionalProperties":false,"properties":{"value":)" +
              std::string(schema) + "}}");
}

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  return codes;
}

std::string problem_of(std::string_view format, std::string_view text) {
  return format_problem(format, text).value_or("");
}

}  // namespace

TEST_CASE("an identity number has eighteen characters, a date and a check digit") {
  const auto [number, problem] = GENERATE(table<std::string, std::string>({
      {"11010519491231002X", ""},
      {"11010519491231002x", ""},
      {"440524188001010014", ""},
      {"999999200002290014", "identity_number_check_digit"},
      {"110105194912310021", "identity_number_check_digit"},
      {"11010519490229002X", "identity_number_date"},
      {"11010519491331002X", "identity_number_date"},
      {"1101051949123100", "identity_number"},
      {"110105194912310020X", "identity_number"},
      {"1101051949123100２X", "identity_number"},
      {"11010519491231002A", "identity_number"},
      {" 11010519491231002", "identity_number"},
      {"", "identity_number"},
      {"110105********002X", "masked_value"},
  }));
  CAPTURE(number);
  CHECK(identity_number_problem(number).value_or("") == problem);
}

TEST_CASE("named formats take what is well formed and nothing else") {
  const auto [format, text, good] = GENERATE(table<std::string, std::string, bool>({
      {"civil_date", "2026-02-28", true},
      {"civil_date", "2026-02-29", false},
      {"civil_date", "2024-02-29", true},
      {"civil_date", "2026-2-28", false},
      {"instant", "2026-02-13T01:02:03.004Z", true},
      {"instant", "2026-02-13T09:02:03+08:00", true},
      {"instant", "2026-02-13", false},
      {"money", "1234.50", true},
      {"money", "0.00", true},
      {"money", "999999999999.99", true},
      {"money", "1234.5", false},
      {"money", "1234", false},
      {"money", "01.00", false},
      {"money", "-1.00", false},
      {"money", "1e3.00", false},
      {"money", ".50", false},
      {"phone", "13800000001", true},
      {"phone", "023-00000001", true},
      {"phone", "023-00000001-12", true},
      {"phone", "12800000001", false},
      {"phone", "1380000000", false},
      {"phone", "02300000001", false},
      {"division_code", "500229221000", true},
      {"division_code", "500229221", false},
      {"person_id", "01920000-0000-7000-8000-000000000001", true},
      {"household_id", "01920000-0000-7000-8000-00000000000", false},
      {"uuid", "01920000-0000-7000-8000-00000000000G", false},
      {"unit_code", "civil_affairs_office", true},
      {"unit_code", "Civil", false},
      {"unit_code", "", false},
      {"digest", std::string(64, 'a'), true},
      {"digest", std::string(64, 'A'), false},
      {"digest", std::string(63, 'a'), false},
  }));
  CAPTURE(format, text);
  CHECK(problem_of(format, text) == (good ? "" : format));
}

TEST_CASE("a masked telephone number is told apart from a wrong one") {
  CHECK(problem_of("phone", "138****0001") == "masked_value");
}

TEST_CASE("money is an object of amount and currency, and nothing beside them") {
  const Value form = form_of(R"({"type":"object","format":"money"})");
  CHECK(check_schema(form).empty());
  const auto [text, good] = GENERATE(table<std::string, bool>({
      {R"({"amount":"1234.50","currency":"CNY"})", true},
      {R"({"amount":"1234.50","currency":"USD"})", false},
      {R"({"amount":"1234.50"})", false},
      {R"({"amount":"1234.50","currency":"CNY","note":""})", false},
      {R"({"amount":1234,"currency":"CNY"})", false},
  }));
  CAPTURE(text);
  CHECK(check_data(form, Object{{"value", json(text)}}).empty() == good);
}

TEST_CASE("every mistake in the data is found at once, at its place, without its value") {
  const Value form = json(R"({
    "type": "object", "additionalProperties": false, "required": ["kind", "people", "count"],
    "properties": {
      "kind": {"type": "string", "enum": ["home", "neighbour"]},
      "people": {"type": "array", "minItems": 1, "maxItems": 3,
                 "items": {"type": "string", "format": "uuid"}},
      "count": {"type": "integer", "minimum": 1, "maximum": 5},
      "seen": {"type": "boolean"},
      "text": {"type": "string", "maxLength": 4, "x-personal": true},
      "inner": {"type": "object", "additionalProperties": false, "required": ["on"],
                "properties": {"on": {"type": "string", "format": "civil_date"}}}}})");
  REQUIRE(check_schema(form).empty());
  const auto findings = check_data(form, json(R"({
    "kind": "secret-kind", "people": ["secret-person"], "count": 9, "seen": "secret",
    "text": "五个字太长", "inner": {"on": "2026-02-29"}, "extra": 1, "张三": 1})"));
  std::vector<std::pair<std::string, std::string>> found;
  for (const Finding& finding : findings) found.emplace_back(finding.pointer, finding.code);
  CHECK(found == std::vector<std::pair<std::string, std::string>>{
                     {"/count", "too_large"},
                     {"/extra", "unknown_member"},
                     {"/inner/on", "civil_date"},
                     {"/kind", "unknown_value"},
                     {"/people/0", "uuid"},
                     {"/seen", "wrong_type"},
                     {"/text", "too_long"},
                     {"", "unknown_member"}});
  for (const Finding& finding : findings) {
    CHECK(canonical(Value(finding.params)).find("secret") == std::string::npos);
    CHECK(finding.pointer.find("张三") == std::string::npos);
  }
}

TEST_CASE("what is required, and how many, is counted in code points and items") {
  const Value form = json(R"({
    "type": "object", "additionalProperties": false, "required": ["a"],
    "properties": {
      "a": {"type": "string", "minLength": 2, "maxLength": 3, "x-personal": true},
      "b": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer"}}}})");
  CHECK(codes_of(check_data(form, json("{}"))) == std::vector<std::string>{"required"});
  CHECK(check_data(form, json(R"({"a":"三个字"})")).empty());
  CHECK(codes_of(check_data(form, json(R"({"a":"一"})"))) ==
        std::vector<std::string>{"too_short"});
  CHECK(codes_of(check_data(form, json(R"({"a":"𠀀𠀀𠀀"})"))).empty());
  CHECK(codes_of(check_data(form, json(R"({"a":"一二","b":[]})"))) ==
        std::vector<std::string>{"too_few"});
  CHECK(codes_of(check_data(form, json(R"({"a":"一二","b":["x","x","x"]})"))) ==
        std::vector<std::string>{"too_many"});
  CHECK(codes_of(check_data(form, json("[]"))) == std::vector<std::string>{"wrong_type"});
  CHECK(codes_of(check_data(form, Value())) == std::vector<std::string>{"wrong_type"});
}

TEST_CASE("a schema outside the closed subset is refused") {
  const auto [schema, code] = GENERATE(table<std::string, std::string>({
      {R"({"type":"string","maxLength":9,"x-personal":true,"title":"x"})", "unknown_keyword"},
      {R"({"$ref":"#/x","type":"boolean"})", "unknown_keyword"},
      {R"({"anyOf":[],"type":"boolean"})", "unknown_keyword"},
      {R"({"type":"number"})", "unknown_type"},
      {R"({"type":["string","null"]})", "wrong_type"},
      {R"({"type":"string","maxLength":9})", "must_be_personal"},
      {R"({"type":"string","x-personal":true})", "not_bound"},
      {R"({"type":"string","format":"phone"})", "must_be_personal"},
      {R"({"type":"string","format":"identity_number"})", "must_be_personal"},
      {R"({"type":"string","format":"colour"})", "unknown_format"},
      {R"({"type":"integer","format":"uuid"})", "misplaced_keyword"},
      {R"({"type":"integer","maxLength":3})", "misplaced_keyword"},
      {R"({"type":"integer","minimum":3,"maximum":2})", "limits_crossed"},
      {R"({"type":"string","enum":[]})", "too_few"},
      {R"({"type":"string","enum":["a","a"]})", "named_twice"},
      {R"({"type":"string","enum":[1]})", "wrong_type"},
      {R"({"type":"string","maxLength":9,"pattern":"^(a|b)+$"})", "pattern_outside_subset"},
      {R"({"type":"string","maxLength":9,"pattern":"^[^a]+$"})", "must_be_personal"},
      {R"({"type":"string","maxLength":9,"pattern":"^[一-龥]+$"})", "must_be_personal"},
      {R"({"type":"string","maxLength":-1,"x-personal":true})", "too_small"},
      {R"({"type":"object"})", "not_closed"},
      {R"({"type":"object","additionalProperties":true})", "not_closed"},
      {R"({"type":"object","additionalProperties":false,"required":["x"]})", "unknown_member"},
      {R"({"type":"object","format":"money","properties":{}})", "misplaced_keyword"},
      {R"({"type":"array","items":{"type":"boolean"}})", "not_bound"},
      {R"({"type":"array","maxItems":2})", "required"},
      {R"({"type":"array","maxItems":2,
           "items":{"type":"string","maxLength":9,"x-personal":true}})", "personal_item"},
      {R"({"type":"object","additionalProperties":false,"properties":{
           "receiver_name":{"type":"string","maxLength":9,"pattern":"^[a-z]+$"}}})",
       "must_be_personal"},
      {R"(true)", "wrong_type"},
  }));
  CAPTURE(schema);
  const auto codes = codes_of(check_schema(form_of(schema)));
  CHECK(std::find(codes.begin(), codes.end(), code) != codes.end());
}

TEST_CASE("a form is an object") {
  CHECK_FALSE(check_schema(json(R"({"type":"boolean"})")).empty());
  CHECK_FALSE(check_schema(json("[]")).empty());
}

TEST_CASE("what is personal leaves the data with one pointer a scalar") {
  const Value form = json(R"({
    "type": "object", "additionalProperties": false, "properties": {
      "kind": {"type": "string", "enum": ["a"]},
      "text": {"type": "string", "maxLength": 9, "x-personal": true},
      "names": {"type": "array", "maxItems": 3, "x-personal": true,
                "items": {"type": "string", "maxLength": 9}},
      "rows": {"type": "array", "maxItems": 3,
               "items": {"type": "object", "additionalProperties": false, "properties": {
                 "count": {"type": "integer"},
                 "note": {"type": "string", "maxLength": 9, "x-personal": true}}}}}})");
  REQUIRE(check_schema(form).empty());
  const Value data = json(R"({"kind":"a","text":"x","names":["y","z"],
                              "rows":[{"count":1,"note":"n"},{"count":2}]})");
  REQUIRE(check_data(form, data).empty());
  const SplitData split = split_personal(form, data);
  CHECK(canonical(split.open) == R"({"kind":"a","rows":[{"count":1},{"count":2}]})");
  CHECK(split.personal == std::vector<std::pair<std::string, Value>>{{"/names/0", "y"},
                                                                     {"/names/1", "z"},
                                                                     {"/rows/0/note", "n"},
                                                                     {"/text", "x"}});
}

TEST_CASE("patterns are a small subset, matched whole") {
  const auto [pattern, text, matches] = GENERATE(table<std::string, std::string, bool>({
      {"^[A-Za-z0-9-]{1,20}$", "2026-09-012", true},
      {"^[A-Za-z0-9-]{1,20}$", "", false},
      {"^[A-Za-z0-9-]{1,20}$", "2026/09", false},
      {"^\\d{4}〔\\d+〕号?$", "2026〔12〕号", true},
      {"^\\d{4}〔\\d+〕号?$", "2026〔12〕", true},
      {"^\\d{4}〔\\d+〕号?$", "2026〔〕号", false},
      {"^a*a*a{2}$", "aa", true},
      {"^a*a*a{2}$", "a", false},
      {"^a?b{2,}c$", "bbbc", true},
      {"^a?b{2,}c$", "abc", false},
      {"^\\.\\*$", ".*", true},
      {"^[^x-z]$", "y", false},
      {"^[a-]$", "-", true},
      {"^$", "", true},
      {"^$", "a", false},
  }));
  CAPTURE(pattern, text);
  const auto compiled = Pattern::compile(pattern);
  REQUIRE(compiled);
  CHECK(compiled->matches(text) == matches);
}

TEST_CASE("patterns outside the subset are not compiled") {
  const auto pattern = GENERATE(as<std::string>(), "", "abc", "^abc", "abc$", "^(a)$", "^a|b$",
                                "^.$", "^a**$", "^a{2$", "^a{3,2}$", "^a{1001}$", "^[$", "^[]$",
                                "^[z-a]$", "^\\w$", "^a$b$", "^{2}$", "^*$", "^\\");
  CAPTURE(pattern);
  CHECK_FALSE(Pattern::compile(pattern));
  CHECK_FALSE(Pattern::compile("^" + std::string(300, 'a') + "$"));
}

TEST_CASE("a text of 60 KB against a pattern is refused at once") {
  const std::string large(60 * 1024, 'a');
  const Value form =
      form_of(R"({"type":"string","maxLength":40,"pattern":"^a*a*a*a*a*a*a*a*b$"})");
  REQUIRE(check_schema(form).empty());
  const Value data(Object{{"value", large}});
  const auto begin = std::chrono::steady_clock::now();
  const auto findings = check_data(form, data);
  const auto taken = std::chrono::steady_clock::now() - begin;
  CHECK(codes_of(findings) == std::vector<std::string>{"too_long"});
  CHECK(taken < std::chrono::milliseconds(5));
  CHECK_FALSE(Pattern::compile("^a*a*a*a*a*a*a*a*b$")->matches(large));
}

TEST_CASE("nobody is told of more than two hundred mistakes") {
  const Value form = form_of(R"({"type":"boolean"})");
  Object data;
  for (int index = 0; index < 1000; ++index) data.set("m" + std::to_string(index), 1);
  CHECK(check_data(form, data).size() == 200);
}
