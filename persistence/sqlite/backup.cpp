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
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/queries.hpp"

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

Result<void, std::string> copy_durably(const std::string& from, const std::string& to,
                                       const std::string& what) {
  const std::string part = to + ".part";
  std::error_code error;
  std::filesystem::remove(part, error);
  if (auto created = create_private_file(part); !created) return created;
  try {
    Connection source(from, Access::read_only);
    Connection target(part, Access::read_write);
    copy(source, target);
    target.execute("PRAGMA journal_mode = DELETE");
  } catch (const Failure& failure) {
    std::filesystem::remove(part, error);
    return refuse("The " + what + " failed: " + failure.what() + ".");
  }
  const std::filesystem::path folder = std::filesystem::absolute(to).parent_path();
  if (synchronise(part)) std::filesystem::rename(part, to, error);
  if (!std::filesystem::exists(to) || !synchronise(folder)) {
    std::filesystem::remove(part, error);
    return refuse("The " + what + " failed: " + to + " cannot be written durably.");
  }
  return {};
}

// Why the file is no whole database of this program's; empty for one that is.
std::string fault_of(const std::string& path) {
  try {
    Connection connection(path, Access::read_only);
    if (std::string sentence = mismatch_of(connection); !sentence.empty()) return sentence;
    Rows rows = connection.prepared(check_integrity).query({});
    std::string first = rows.next() ? rows.text(0) : std::string("it cannot be read");
    return first == "ok" ? std::string() : "It is damaged: " + first + ".";
  } catch (const std::exception& error) {
    return "It cannot be read: " + std::string(error.what()) + ".";
  }
}

}  // namespace

Result<void, std::string> back_up(const std::string& from, const std::string& to) {
  if (std::filesystem::exists(to)) return refuse(to + " exists: name a new file.");
  return copy_durably(from, to, "backup");
}

Result<void, std::string> restore(const std::string& from, const std::string& to) {
  if (!std::filesystem::exists(from)) return refuse("There is no file " + from + ".");
  auto lock = LockFile::acquire(to);
  if (!lock) return refuse(lock.error());
  if (std::filesystem::exists(to)) {
    return refuse(to + " exists: move it away first, with its -wal and -shm files.");
  }
  if (const std::string fault = fault_of(from); !fault.empty()) {
    return refuse(from + " is not restored. " + fault);
  }
  return copy_durably(from, to, "restoring");
}

}  // namespace yimen::persistence::sqlite
