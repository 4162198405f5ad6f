// The built console, read once at the start: a name that is not in memory is not there, so that no
// address leads out of the folder.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "workflow/result.hpp"

namespace yimen::api {

struct ConsoleFile {
  std::string content_type;
  std::string etag;     // without quotes
  std::string bytes;
  std::string gzipped;  // as the build packed it; empty where that would not be smaller
};

class ConsoleFiles {
 public:
  // Every file below the folder whose type is known; `x.gz` is the packed form of `x`. The refusal
  // is a sentence: there is no index.html, or a file cannot be read.
  static Result<ConsoleFiles, std::string> load(const std::string& folder);

  // By its path below the folder; nullptr where there is none.
  [[nodiscard]] const ConsoleFile* find(std::string_view path) const;

 private:
  std::map<std::string, ConsoleFile, std::less<>> files_;
};

}  // namespace yimen::api
