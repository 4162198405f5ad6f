// One process a database: an advisory lock on `<database>.lock`, gone with the process.
#pragma once

#include <string>

#include "workflow/result.hpp"

namespace yimen::persistence::sqlite {

class LockFile final {
 public:
  // The refusal is a sentence.
  [[nodiscard]] static Result<LockFile, std::string> acquire(const std::string& database);

  ~LockFile();
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

// Creates an empty file that only its owner may read, where there is none.
[[nodiscard]] Result<void, std::string> create_private_file(const std::string& path);

}  // namespace yimen::persistence::sqlite
