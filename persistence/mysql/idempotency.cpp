#include "persistence/mysql/idempotency.hpp"

#include "persistence/mysql/case_queries.hpp"

namespace yimen::persistence::mysql {

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

StoreError known_or_earlier(Connection& connection, const std::optional<IdempotencyKey>& key,
                            StoreError known) {
  return earlier_use(connection, key).value_or(std::move(known));
}

void record_use(Connection& connection, const std::optional<IdempotencyKey>& key,
                const EarlierAnswer& answer, workflow::Instant created_at) {
  if (!key) return;
  RowValues row(6);
  row.add({key->principal, key->key, key->request_digest, answer.subject_id, answer.sequence,
           parameter(created_at)});
  connection.write(insert_idempotency, row);
}

IsDone stands_for(const std::optional<IdempotencyKey>& key, const std::string& subject_id) {
  if (!key) return {};
  return [&key = *key, &subject_id](Connection& connection) {
    const std::optional<EarlierAnswer> answer = answer_of(connection, key);
    return answer && answer->subject_id == subject_id &&
           answer->request_digest == key.request_digest;
  };
}

}  // namespace yimen::persistence::mysql
