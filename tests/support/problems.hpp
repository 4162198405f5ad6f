// What every answer that is no success has to be: a problem of RFC 9457, told in whole sentences.
#pragma once

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/raw_http.hpp"

namespace yimen::tests {

// "404 not_found", "200" for a success without a code.
inline std::string outcome_of(const Answer& answer) {
  const std::string code = answer.status >= 400 ? answer.json()["code"].text() : std::string();
  return std::to_string(answer.status) + (code.empty() ? "" : " " + code);
}

inline bool is_sentence(const std::string& text, const std::string& code) {
  return !text.empty() && text != code && text.find('{') == std::string::npos;
}

inline void check_is_problem(const Answer& answer) {
  const workflow::Value problem = answer.json();
  INFO(answer.status << " " << answer.body);
  CHECK(answer.header("content-type").substr(0, 24) == "application/problem+json");
  CHECK(problem["status"].integer() == answer.status);
  CHECK(problem["type"].text() == "/problems/" + problem["code"].text());
  CHECK(is_sentence(problem["title"].text(), problem["code"].text()));
  CHECK_FALSE(problem["trace_id"].text().empty());
  for (const workflow::Value& refusal : problem["refusals"].items()) {
    CHECK(is_sentence(refusal["message"].text(), refusal["code"].text()));
  }
}

}  // namespace yimen::tests
