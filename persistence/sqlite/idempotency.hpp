// Idempotency records, written in the transaction of what they stand for.
#pragma once

#include <optional>
#include <string>

#include "persistence/sqlite/connection.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

// All throw Failure.
[[nodiscard]] std::optional<EarlierAnswer> answer_of(Connection& connection,
                                                     const IdempotencyKey& key);
// `repeated` or `key_reused`; nothing for a new key, or none.
[[nodiscard]] std::optional<StoreError> earlier_use(Connection& connection,
                                                    const std::optional<IdempotencyKey>& key);
void record_use(Connection& connection, const std::optional<IdempotencyKey>& key,
                const EarlierAnswer& answer, workflow::Instant created_at);

}  // namespace yimen::persistence::sqlite
