// /v1/texts: the words of states, events, fields and findings, in the reader's language.
#pragma once

#include <vector>

#include "api/http/router.hpp"

namespace yimen::api::resources {

class Words {
 public:
  // `texts` must outlive the resource.
  explicit Words(const http::Texts& texts) : texts_(texts) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response get(const http::Request& request) const;

  const http::Texts& texts_;
};

}  // namespace yimen::api::resources
