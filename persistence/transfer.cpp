#include "persistence/transfer.hpp"

namespace yimen::persistence {

const std::vector<std::string>& transferred_tables() {
  static const std::vector<std::string> tables{
      "settings",        "vocabulary",     "editions",           "calendars",
      "cases",           "case_documents", "journal",            "personal_values",
      "outbox",          "idempotency",    "case_units",         "case_persons",
      "number_blocks",   "clock_segments", "rungs",              "persons",
      "households",      "accounts",       "person_name_tokens", "account_posts",
      "sessions",        "tokens",         "delegations",        "attachments",
      "attachment_chunks", "batches",      "notifications",      "notifications_seen",
      "audit_clocks",   "audit_marks",    "audit_log"};
  return tables;
}

}  // namespace yimen::persistence
