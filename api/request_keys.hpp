// The idempotency key of a request as stores keep it.
#pragma once

#include "api/case_service.hpp"

namespace yimen::api {

// The digest names the request, so that a key cannot be used for another one.
[[nodiscard]] inline persistence::IdempotencyKey key_of(const CaseService& service,
                                                        const http::Request& request,
                                                        const workflow::Value& body) {
  return {request.principal->account, request.idempotency_key,
          service.digest_of(request.method + " " + request.path + "\n" + canonical(body))};
}

}  // namespace yimen::api
