// What somebody looked up or changed outside the journal of cases: who, what, whose, why. Ids and
// codes only; no line holds a name, a number or free text.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "persistence/audit_store.hpp"
#include "workflow/result.hpp"
#include "workflow/time.hpp"

namespace yimen::api {

struct AuditLine {
  workflow::Instant at;
  std::string action;   // reveal, account_added, account_changed
  std::string account;  // who did it
  std::string subject;  // the id of the person or account that it was done to
  std::string reason;   // a code; empty where none is asked for
  std::string trace_id;
  bool operator==(const AuditLine&) const = default;
};

class AuditLog {
 public:
  virtual ~AuditLog() = default;
  // False when the line is not durable: then what it tells of must not happen. Called from many
  // threads.
  [[nodiscard]] virtual bool write(const AuditLine& line) = 0;
};

// One line of JSON each, appended to a file of mode 0600.
class AuditFile final : public AuditLog {
 public:
  // The refusal is a sentence.
  static Result<std::unique_ptr<AuditFile>, std::string> open(const std::string& path);
  ~AuditFile() override;
  AuditFile(const AuditFile&) = delete;
  AuditFile& operator=(const AuditFile&) = delete;

  [[nodiscard]] bool write(const AuditLine& line) override;

 private:
  explicit AuditFile(int descriptor) : descriptor_(descriptor) {}

  std::mutex mutex_;
  const int descriptor_;
};

// In a file of this machine, and in the database, where auditors read it.
class StoredAuditLog final : public AuditLog {
 public:
  // Both outlive it.
  StoredAuditLog(AuditLog& file, persistence::AuditStore& store) : file_(file), store_(store) {}

  [[nodiscard]] bool write(const AuditLine& line) override;

 private:
  AuditLog& file_;
  persistence::AuditStore& store_;
};

}  // namespace yimen::api
