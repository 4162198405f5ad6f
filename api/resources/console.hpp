// The console's pages and files, beside the API and no part of its document. Every address below
// /console is a page of the one application; files have the digest of their bytes in their names.
#pragma once

#include <string_view>
#include <vector>

#include "api/console_files.hpp"
#include "api/http/router.hpp"

namespace yimen::api::resources {

class Console {
 public:
  explicit Console(ConsoleFiles files) : files_(std::move(files)) {}

  // The resource must outlive them.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response file(const http::Request& request, std::string_view path,
                                    std::string_view cache_control) const;

  const ConsoleFiles files_;
};

}  // namespace yimen::api::resources
