// The parts of an edition's JSON, one function a part. Each adds what is wrong to the findings.
#pragma once

#include <string>
#include <vector>

#include "definitions/object_reader.hpp"
#include "workflow/edition.hpp"

namespace yimen::definitions {

[[nodiscard]] workflow::Budget budget_from(const workflow::Value& value, std::string pointer,
                                           std::vector<Finding>& findings);
// `from` is read for events only, `guards` for annotations only.
[[nodiscard]] workflow::StepPolicy event_policy_from(const workflow::Value& value,
                                                     std::string pointer,
                                                     std::vector<Finding>& findings);
[[nodiscard]] workflow::StepPolicy annotation_policy_from(const workflow::Value& value,
                                                          std::string pointer,
                                                          std::vector<Finding>& findings);
[[nodiscard]] workflow::Category category_from(const std::string& code,
                                               const workflow::Value& value, std::string pointer,
                                               std::vector<Finding>& findings);
[[nodiscard]] workflow::ClockRule clock_rule_from(const workflow::Value& value,
                                                  std::string pointer,
                                                  std::vector<Finding>& findings);
[[nodiscard]] workflow::LadderRung rung_from(const workflow::Value& value, std::string pointer,
                                             std::vector<Finding>& findings);
[[nodiscard]] workflow::Form form_from(const std::string& code, const workflow::Value& value,
                                       std::string pointer, std::vector<Finding>& findings);

}  // namespace yimen::definitions
