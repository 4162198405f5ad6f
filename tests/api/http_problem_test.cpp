// Problem details and the texts they are told in.
#include <string>

#include "api/http/problem.hpp"
#include "tests/api/http_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen::api::http;
using yimen::tests::the_texts;
using yimen::workflow::Object;

TEST_CASE("every problem has a title in both languages") {
  const Texts texts = the_texts();
  for (const ProblemCode code : all_problem_codes()) {
    const std::string key = "problem." + std::string(name(code));
    INFO(key);
    CHECK(texts.has(Language::zh_cn, key));
    CHECK(texts.has(Language::en, key));
    CHECK(status(code) >= 400);
    CHECK(status(code) < 600);
  }
}

TEST_CASE("a refusal is told with its clause, its figures and a sentence") {
  Texts texts;
  texts.set(Language::zh_cn, "problem.conditions_not_met", "办理条件未满足");
  texts.set(Language::zh_cn, "refusal.quorum_present",
            "出席人数不足：应到{needed}人，实到{present}人");
  const Problem problem{
      .code = ProblemCode::conditions_not_met,
      .refusals = {{"quorum_present", "2.4.4", "", Object{{"present", 3}, {"needed", 5}}},
                   {"minutes_attached", "", "/data/minutes", {}}}};
  CHECK(problem_body(problem, texts, Language::zh_cn, "t1") ==
        R"({"code":"conditions_not_met","refusals":[)"
        R"({"clause":"2.4.4","code":"quorum_present",)"
        R"("message":"出席人数不足：应到5人，实到3人","params":{"needed":5,"present":3}},)"
        R"({"code":"minutes_attached","message":"minutes_attached","params":{},)"
        R"("pointer":"/data/minutes"}],"status":422,"title":"办理条件未满足","trace_id":"t1",)"
        R"("type":"/problems/conditions_not_met"})");
}

TEST_CASE("a text is filled in, and what is missing stays visible") {
  Texts texts;
  texts.set(Language::en, "greeting", "{name} has {count} of {total}");
  CHECK(texts.text(Language::en, "greeting", Object{{"name", "Li"}, {"count", 2}}) ==
        "Li has 2 of {total}");
  CHECK(texts.text(Language::en, "no such key") == "no such key");
  CHECK(texts.text(Language::zh_cn, "greeting") == "greeting");
  texts.set(Language::en, "odd", "a { b");
  CHECK(texts.text(Language::en, "odd") == "a { b");
}

TEST_CASE("a text that cannot be filled in gives way to one without parameters") {
  Texts texts;
  texts.set(Language::en, "period", "until {ends_at}, posted: {posted}");
  texts.set(Language::en, "period.bare", "nothing is posted");
  CHECK(texts.text(Language::en, "period", Object{{"posted", false}}) == "nothing is posted");
  CHECK(texts.text(Language::en, "period", Object{{"posted", true}, {"ends_at", "Monday"}}) ==
        "until Monday, posted: true");
}

TEST_CASE("a value is not searched for further parameters") {
  Texts texts;
  texts.set(Language::en, "echo", "<{a}>");
  CHECK(texts.text(Language::en, "echo", Object{{"a", "{b}"}, {"b", "x"}}) == "<{b}>");
}

TEST_CASE("a folder without its texts is refused by name") {
  const auto loaded = Texts::load("/nonexistent");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error() == "cannot read the texts /nonexistent/zh-CN.json");
}

TEST_CASE("the reader's language is the better liked of two") {
  const auto [header, expected] = GENERATE(table<std::string, Language>(
      {{"", Language::zh_cn},
       {"en", Language::en},
       {"en-GB,en;q=0.9", Language::en},
       {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh_cn},
       {"zh;q=0.3, EN;q=0.55", Language::en},
       {"fr, de;q=0.9", Language::zh_cn},
       {"fr, en;q=0.1", Language::en},
       {"en;q=0", Language::zh_cn},
       {"en;q=x", Language::zh_cn},
       {"english", Language::zh_cn},
       {",,;q=,", Language::zh_cn}}));
  INFO(header);
  CHECK(preferred_language(header) == expected);
}
