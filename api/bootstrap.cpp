#include "api/bootstrap.hpp"

#include <utility>

#include "api/account_forms.hpp"
#include "api/accounts.hpp"
#include "api/answers.hpp"

namespace yimen::api {

namespace {

using workflow::Object;
using workflow::Value;

Value post_value(const std::string& text) {
  const auto at = std::min(text.find('@'), text.size());
  return Object{{"post", text.substr(0, at)},
                {"unit", at < text.size() ? text.substr(at + 1) : std::string()}};
}

Value form_of(const NewUser& user) {
  workflow::Array posts;
  for (const std::string& post : user.posts) posts.push_back(post_value(post));
  return Object{{"name", user.name},
                {"display_name", user.display_name.empty() ? user.name : user.display_name},
                {"must_change_password", user.must_change_password},
                {"password", user.password},
                {"posts", std::move(posts)}};
}

std::string sentence_of(const http::Problem& problem) {
  std::string sentence = "The user cannot be added: ";
  sentence += http::name(problem.code);
  for (const http::ProblemRefusal& refusal : problem.refusals) {
    sentence.append("; ").append(refusal.pointer).append(" ").append(refusal.code);
  }
  return sentence + ".";
}

}  // namespace

Result<std::string, std::string> add_user(persistence::Database& database,
                                          const definitions::Organisation& organisation,
                                          const NewUser& user) {
  const Value form = form_of(user);
  const auto findings = workflow::check_data(new_account_schema(), form);
  if (!findings.empty()) return refuse(sentence_of(findings_problem(findings)));
  const SystemClock clock;
  RandomIds ids;
  Accounts accounts(database.accounts(), organisation, clock, ids);
  const auto added = accounts.add(new_account_from(form));
  if (!added) return refuse(sentence_of(added.error()));
  return added->id;
}

}  // namespace yimen::api
