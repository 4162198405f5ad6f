// What the parts of the case service share: failures as results, and where personal values lie.
#pragma once

#include <string>
#include <utility>

#include "api/case_service.hpp"

namespace yimen::api {

inline tl::unexpected<ServiceFailure> failure(ServiceFailureKind kind) {
  return refuse(ServiceFailure{kind, {}, {}});
}

inline tl::unexpected<ServiceFailure> failure(workflow::Refusals refusals) {
  return refuse(ServiceFailure{ServiceFailureKind::refused, std::move(refusals), {}});
}

inline tl::unexpected<ServiceFailure> failure(persistence::StoreError error) {
  return refuse(ServiceFailure{error.kind == persistence::StoreErrorKind::not_found
                                   ? ServiceFailureKind::not_found
                                   : ServiceFailureKind::store,
                               {},
                               std::move(error)});
}

// What is authenticated with a personal value of an entry.
inline std::string sealed_place(const std::string& case_id, std::int64_t sequence,
                                const std::string& pointer) {
  return "personal_values|" + case_id + "|" + std::to_string(sequence) + "|" + pointer;
}

}  // namespace yimen::api
