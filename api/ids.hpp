// Fresh identifiers and random bytes, from the operating system's generator.
#pragma once

#include <string>

#include "workflow/time.hpp"

namespace yimen::api {

class IdSource {
 public:
  virtual ~IdSource() = default;
  // A UUID of version 7 (RFC 9562) whose time part is `now`.
  [[nodiscard]] virtual std::string uuid(workflow::Instant now) = 0;
  // Raw bytes.
  [[nodiscard]] virtual std::string random(std::size_t length) = 0;
};

class RandomIds final : public IdSource {
 public:
  [[nodiscard]] std::string uuid(workflow::Instant now) override;
  [[nodiscard]] std::string random(std::size_t length) override;
};

}  // namespace yimen::api
