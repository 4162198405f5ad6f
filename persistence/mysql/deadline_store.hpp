// What workers take, finish and tell, in MariaDB.
#pragma once

#include "persistence/mysql/context.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

// Why the effect of the rung may not be written; nothing where the lease holds and it is armed.
[[nodiscard]] std::optional<StoreError> why_not_marked(Connection& connection,
                                                       const RungMark& mark);
// In the transaction of the effect: the rung is done and the next one armed.
void mark_done(Connection& connection, const RungKey& rung, workflow::Instant done_at);
// In the transaction of what it tells of; the same told again to the same address is not kept.
void tell(Connection& connection, const std::string& jurisdiction,
          const std::vector<Notification>& notifications);

class MysqlDeadlineStore final : public DeadlineStore {
 public:
  explicit MysqlDeadlineStore(const Context& context) : context_(context) {}

  Result<std::vector<Lease>, StoreError> hold_shards(const std::string& worker,
                                                     workflow::Instant now,
                                                     workflow::Instant until) override;
  Result<std::vector<DueRung>, StoreError> due_rungs(const std::vector<Lease>& leases,
                                                     workflow::Instant now, int limit) override;
  Result<std::vector<RungEnd>, StoreError> finish_rungs(const std::vector<FinishedRung>& rungs,
                                                        workflow::Instant done_at) override;
  Result<StrayClocks, StoreError> stray_clocks(const std::string& after, int limit) override;
  Result<CasesDue, StoreError> cases_due(workflow::Instant from, const std::string& after,
                                         int limit) override;
  Result<std::vector<OutboxRow>, StoreError> outbox(const std::vector<Lease>& leases,
                                                    std::int64_t after, int limit) override;
  Result<void, StoreError> finish_effect(const OutboxRow& row, const Lease& lease,
                                         workflow::Instant done_at,
                                         const std::vector<Notification>& notifications) override;

 private:
  const Context& context_;
};

class MysqlNotificationStore final : public NotificationStore {
 public:
  explicit MysqlNotificationStore(const Context& context) : context_(context) {}

  Result<std::vector<Notification>, StoreError> notifications(
      const NotificationQuery& query) override;
  Result<void, StoreError> mark_seen(const std::string& account,
                                     const std::vector<std::string>& addresses,
                                     const std::vector<std::int64_t>& places,
                                     workflow::Instant seen_at) override;
  Result<std::vector<Notification>, StoreError> to_mail(std::int64_t after, int limit) override;
  Result<void, StoreError> mailed(const std::vector<std::int64_t>& places) override;

 private:
  const Context& context_;
};

}  // namespace yimen::persistence::mysql
