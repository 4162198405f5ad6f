// What auditors count and list, in SQLite.
#pragma once

#include "persistence/audit_store.hpp"
#include "persistence/sqlite/context.hpp"

namespace yimen::persistence::sqlite {

class SqliteAuditStore final : public AuditStore {
 public:
  explicit SqliteAuditStore(const Context& context) : context_(context) {}

  Result<std::vector<AuditFigure>, StoreError> figures(const AuditQuery& query,
                                                       AuditGrouping by) override;
  Result<AuditPage, StoreError> lines(const AuditQuery& query, const std::string& cursor,
                                      int limit) override;
  Result<AuditPage, StoreError> lines_by_due(const std::vector<AuditQuery>& queries,
                                             const std::string& cursor, int limit) override;
  Result<AuditMarkPage, StoreError> marks(const AuditMarkQuery& query) override;
  Result<void, StoreError> put(const AuditHistory& history) override;
  Result<void, StoreError> record(const AuditedAct& act) override;
  Result<AuditedActPage, StoreError> acts(const AuditedActQuery& query) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::sqlite
