// Exchanges as lines of JSON in the file that YIMEN_RECORD names, so that every answer of a test
// can be held against the OpenAPI document afterwards. Without the variable nothing is written.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/support/raw_http.hpp"
#include "workflow/value.hpp"

namespace yimen::tests {

inline bool is_written_as_text(std::string_view content_type) {
  return content_type.find("json") != std::string_view::npos || content_type.starts_with("text/");
}

// Safe to use from several threads and processes: a line is one write.
inline void record(std::string_view method, std::string_view target,
                   const std::optional<std::string>& body, const Answer& answer) {
  const char* path = std::getenv("YIMEN_RECORD");
  if (path == nullptr || *path == '\0') return;
  workflow::Object headers;
  for (const auto& [name, value] : answer.headers) headers.set(name, value);
  workflow::Object line{{"method", method},
                        {"target", target},
                        {"status", answer.status},
                        {"answer_headers", std::move(headers)}};
  if (body && workflow::parse(*body)) line.set("body", *body);
  if (is_written_as_text(answer.header("content-type"))) line.set("answer_body", answer.body);
  const std::string bytes = workflow::canonical(line) + "\n";
  const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const ssize_t written = file < 0 ? -1 : ::write(file, bytes.data(), bytes.size());
  if (file >= 0) ::close(file);
  if (written != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("cannot record in " + std::string(path));
  }
}

}  // namespace yimen::tests
