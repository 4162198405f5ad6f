// Faults below the store: the n-th call of the file system, or the n-th statement of a connection.
// Made before the store that they are to strike.
#pragma once

#include <sqlite3.h>

#include <atomic>

namespace yimen::persistence {

// SQLite's file system while it lives. Counts what changes a file (write, truncate, synchronise).
class FaultyDisk final {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // The n-th change from now on fails with this code, and all that follow if it is lasting.
  void break_at(int nth, int code, bool is_lasting);
  void repair();
  [[nodiscard]] bool has_struck() const { return struck_; }

  // SQLITE_OK, or the fault.
  [[nodiscard]] int change();

 private:
  std::atomic<int> left_ = 0;
  std::atomic<int> code_ = SQLITE_OK;
  std::atomic<bool> is_lasting_ = false;
  std::atomic<bool> struck_ = false;
};

// Interrupts the n-th statement of the connection that writes.
class StatementFaults final {
 public:
  StatementFaults();
  ~StatementFaults();
  StatementFaults(const StatementFaults&) = delete;
  StatementFaults& operator=(const StatementFaults&) = delete;

  void break_at(int nth);
  // Whether there was an n-th statement.
  [[nodiscard]] bool has_struck() const { return struck_; }
  // The writer's own handle.
  [[nodiscard]] sqlite3* writer() const { return writer_; }

  void opened(sqlite3* connection);
  void begins(sqlite3* connection);

 private:
  std::atomic<sqlite3*> writer_ = nullptr;
  std::atomic<int> left_ = 0;
  std::atomic<bool> struck_ = false;
};

}  // namespace yimen::persistence
