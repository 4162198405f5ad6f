// What cases leave for auditors: rows of one commit or of a whole history, many at a time.
#pragma once

#include <deque>

#include "persistence/case_write.hpp"
#include "persistence/mysql/connection.hpp"

namespace yimen::persistence::mysql {

// Gathers the rows of any number of cases. What is added must live until they are written.
class AuditRows final {
 public:
  explicit AuditRows(const std::string& jurisdiction) : jurisdiction_(jurisdiction) {}

  void add(const CaseWrite& write);
  void add(const AuditHistory& history);
  // What is there already stays.
  void write(Connection& connection) const;

 private:
  void add_version(const std::string& case_id, const AuditVersion& version);
  void add_mark(const std::string& case_id, const AuditMarkRow& row);

  const std::string& jurisdiction_;
  RowValues superseded_{7};
  RowValues clocks_{18};
  RowValues marks_{11};
  std::deque<AuditVersion> versions_;  // of commits
  std::deque<AuditMarkRow> rows_;
};

}  // namespace yimen::persistence::mysql
