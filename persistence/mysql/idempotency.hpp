// Idempotency records, written in the transaction of what they stand for.
#pragma once

#include <optional>
#include <string>

#include "persistence/mysql/connection.hpp"
#include "persistence/mysql/transactions.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::mysql {

// All throw Failure.
[[nodiscard]] std::optional<EarlierAnswer> answer_of(Connection& connection,
                                                     const IdempotencyKey& key);
// `repeated` or `key_reused`; nothing for a new key, or none.
[[nodiscard]] std::optional<StoreError> earlier_use(Connection& connection,
                                                    const std::optional<IdempotencyKey>& key);
// What to answer when a new row is there already: perhaps the same request, committed between the
// look at its key and this one (READ COMMITTED), made both row and key.
[[nodiscard]] StoreError known_or_earlier(Connection& connection,
                                          const std::optional<IdempotencyKey>& key,
                                          StoreError known);
void record_use(Connection& connection, const std::optional<IdempotencyKey>& key,
                const EarlierAnswer& answer, workflow::Instant created_at);

// That the key stands for this subject, whose identifier nobody else gives away: so it was we who
// wrote both. Nothing tells without a key.
[[nodiscard]] IsDone stands_for(const std::optional<IdempotencyKey>& key,
                                const std::string& subject_id);

}  // namespace yimen::persistence::mysql
