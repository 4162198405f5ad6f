#include "api/case_service.hpp"
#include "api/log.hpp"

namespace yimen::api {

namespace {

using workflow::Object;
using workflow::Value;

// The parent's last word on this child.
std::string known_state(const workflow::Case& parent, const std::string& child) {
  for (const Value& announced : parent.fact("children").items()) {
    if (announced["child"].text() == child) return announced["state"].text();
  }
  return {};
}

}  // namespace

void CaseService::tell_parent(const workflow::Case& child) {
  const std::string& parent = child.fact("parent").text();
  if (parent.empty()) return;
  const auto loaded = database_.cases().load(parent);
  if (loaded && known_state(loaded->subject, child.id) == child.state) return;
  http::Principal system;
  system.account = "system";
  system.person = "system";
  system.posts = {{"system", "system", "system", {}}};
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = parent;
  submission.event = "record_child";
  submission.data = Object{{"child", child.id},
                           {"unit", child.fact("department")},
                           {"category", child.fact("category")},
                           {"state", child.state}};
  const std::string mark = "child:" + child.id + ":" + std::to_string(child.sequence);
  submission.idempotency = persistence::IdempotencyKey{system.account, mark, digest_of(mark)};
  const auto told = settle(system, submission);
  if (!told) {
    log(LogLevel::warning, "parent_not_told", {{"parent", parent}, {"child", child.id}});
  }
}

}  // namespace yimen::api
