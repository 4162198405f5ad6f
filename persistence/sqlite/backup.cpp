#include "persistence/sqlite/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>

#include "persistence/sqlite/connection.hpp"
#include "persistence/sqlite/failure.hpp"
#include "persistence/sqlite/lock_file.hpp"

namespace yimen::persistence::sqlite {

namespace {

struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

// All pages in one step: one snapshot, however much is written meanwhile.
void copy(Connection& from, Connection& to) {
  const std::unique_ptr<sqlite3_backup, Finish> backup(
      sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
  if (!backup) throw last_failure(to.handle());
  const int code = sqlite3_backup_step(backup.get(), -1);
  if (code != SQLITE_DONE) throw Failure(code, sqlite3_errstr(code));
}

// The directory too, so that the new name survives a power cut.
bool synchronise(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_done = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return is_done;
}

}  // namespace

Result<void, std::string> back_up(const std::string& from, const std::string& to) {
  const std::string part = to + ".part";
  std::error_code error;
  if (std::filesystem::exists(to, error)) return refuse(to + " exists: name a new file.");
  std::filesystem::remove(part, error);
  if (auto created = create_private_file(part); !created) return created;
  try {
    Connection source(from, Access::read_only);
    Connection target(part, Access::read_write);
    copy(source, target);
    target.execute("PRAGMA journal_mode = DELETE");
  } catch (const Failure& failure) {
    std::filesystem::remove(part, error);
    return refuse("The backup failed: " + std::string(failure.what()) + ".");
  }
  const std::filesystem::path folder = std::filesystem::absolute(to).parent_path();
  if (synchronise(part)) std::filesystem::rename(part, to, error);
  if (!std::filesystem::exists(to) || !synchronise(folder)) {
    std::filesystem::remove(part, error);
    return refuse("The backup failed: " + to + " cannot be written durably.");
  }
  return {};
}

}  // namespace yimen::persistence::sqlite
