#include "persistence/audit_fill.hpp"

#include "persistence/whole_journal.hpp"

namespace yimen::persistence {

namespace {

// The last case that is done; empty where nothing is to be done.
constexpr const char* unfilled = "audit_unfilled";
constexpr int cases_at_once = 100;

// Another process may be working on the case.
constexpr int attempts_max = 10;

Result<void, StoreError> fill_case(Database& database, const std::string& case_id) {
  Result<void, StoreError> put;
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    const auto entries = whole_journal(database.cases(), case_id);
    if (!entries) return refuse(entries.error());
    put = database.audit().put(audit_history_of(*entries));
    if (put || put.error().kind != StoreErrorKind::conflict) return put;
  }
  return put;
}

}  // namespace

Result<void, StoreError> fill_audit(Database& database, const FillProgress& progress) {
  auto after = database.setting(unfilled);
  std::int64_t done = 0;
  while (after && !after->empty()) {
    const auto ids = database.cases().case_ids(*after, cases_at_once);
    if (!ids) return refuse(ids.error());
    for (const std::string& id : *ids) {
      if (auto filled = fill_case(database, id); !filled) return filled;
    }
    after = ids->empty() ? std::string() : ids->back();
    if (auto noted = database.set_setting(unfilled, *after); !noted) return noted;
    done += std::ssize(*ids);
    if (progress) progress(done);
  }
  if (!after) return refuse(after.error());
  return {};
}

}  // namespace yimen::persistence
