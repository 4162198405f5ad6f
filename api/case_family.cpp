#include "api/case_family.hpp"

namespace yimen::api {

using workflow::Case;
using workflow::Object;
using workflow::Value;

std::optional<workflow::Effect> word_to_parent(const Case& before, const Case& child) {
  const Value& parent = child.fact("parent");
  if (parent.text().empty() || before.state == child.state) return std::nullopt;
  return workflow::Effect{"tell_parent", Object{{"parent", parent},
                                                {"child", child.id},
                                                {"unit", child.fact("department")},
                                                {"category", child.fact("category")},
                                                {"state", child.state}}};
}

Submission record_of_child(const Value& word) {
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = word["parent"].text();
  submission.event = "record_child";
  submission.data = word;
  submission.data.make_object().erase("parent");
  return submission;
}

}  // namespace yimen::api
