#include "persistence/sqlite/idempotency.hpp"

#include "persistence/sqlite/case_queries.hpp"

namespace yimen::persistence::sqlite {

std::optional<EarlierAnswer> answer_of(Connection& connection, const IdempotencyKey& key) {
  Rows rows = connection.prepared(select_idempotency).query({key.principal, key.key});
  if (!rows.next()) return {};
  return EarlierAnswer{rows.text(0), rows.text(1), rows.integer(2)};
}

std::optional<StoreError> earlier_use(Connection& connection,
                                      const std::optional<IdempotencyKey>& key) {
  if (!key) return {};
  const std::optional<EarlierAnswer> earlier = answer_of(connection, *key);
  if (!earlier) return {};
  const bool is_same = earlier->request_digest == key->request_digest;
  return StoreError{is_same ? StoreErrorKind::repeated : StoreErrorKind::key_reused,
                    "the idempotency key was used before", earlier};
}

void record_use(Connection& connection, const std::optional<IdempotencyKey>& key,
                const EarlierAnswer& answer, workflow::Instant created_at) {
  if (!key) return;
  connection.prepared(insert_idempotency)
      .execute({key->principal, key->key, key->request_digest, answer.subject_id, answer.sequence,
                parameter(created_at)});
}

}  // namespace yimen::persistence::sqlite
