#include "persistence/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace yimen::persistence::sqlite {

namespace {

constexpr mode_t owner_only = 0600;

std::string cause(const std::string& path) {
  return path + ": " + std::generic_category().message(errno) + ".";
}

}  // namespace

Result<LockFile, std::string> LockFile::acquire(const std::string& database) {
  const std::string path = database + ".lock";
  LockFile lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only));
  if (lock.descriptor_ < 0) return refuse("Cannot open the lock file " + cause(path));
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return refuse("Cannot lock " + cause(path));
    return refuse("Another Yimen already serves " + database + " (it holds " + path +
                  "): stop it first.");
  }
  return lock;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Result<void, std::string> create_private_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
  if (descriptor < 0) return refuse("Cannot open the database " + cause(path));
  ::close(descriptor);
  return {};
}

}  // namespace yimen::persistence::sqlite
