#include "persistence/sqlite/type_handlers.hpp"

#include "persistence/row_texts.hpp"

namespace yimen::persistence::sqlite {

Poco::Data::BLOB blob_of(const std::string& bytes) {
  return {reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()};
}

std::string bytes_of(const Poco::Data::BLOB& blob) { return {blob.begin(), blob.end()}; }

Poco::Int64 column_of(workflow::Instant at) { return workflow::milliseconds_of(at); }

Poco::Nullable<Poco::Int64> column_of(std::optional<workflow::Instant> at) {
  if (!at) return {};
  return Poco::Nullable<Poco::Int64>(workflow::milliseconds_of(*at));
}

std::string Columns::text() {
  std::string value;
  extractor_->extract(place_++, value);
  return value;
}

std::string Columns::bytes() {
  Poco::Data::BLOB value;
  extractor_->extract(place_++, value);
  return bytes_of(value);
}

std::int64_t Columns::integer() {
  Poco::Int64 value = 0;
  extractor_->extract(place_++, value);
  return value;
}

std::optional<workflow::Instant> Columns::instant_or_nothing() {
  Poco::Int64 value = 0;
  if (!extractor_->extract(place_++, value)) return {};
  return workflow::instant_of(value);
}

void read(Columns& columns, PersonRow& row) {
  row.id = columns.text();
  row.household = columns.text();
  row.village = columns.text();
  row.sealed = columns.bytes();
  row.identity_index = columns.text();
  row.wrapped_key = columns.bytes();
  row.created_at = columns.instant();
  row.name_tokens = names_in(columns.text());
}

void read(Columns& columns, HouseholdRow& row) {
  row.id = columns.text();
  row.village = columns.text();
  row.sealed = columns.bytes();
  row.head = columns.text();
  row.created_at = columns.instant();
}

void read(Columns& columns, AccountRow& row) {
  row.id = columns.text();
  row.name = columns.text();
  row.display_name = columns.text();
  row.password_hash = columns.text();
  row.is_active = columns.integer() != 0;
  row.must_change_password = columns.integer() != 0;
  row.revision = columns.integer();
  row.created_at = columns.instant();
  row.posts = posts_in(columns.text());
}

void read(Columns& columns, SessionRow& row) {
  row.token_hash = columns.text();
  row.account = columns.text();
  row.is_bearer = columns.integer() != 0;
  row.created_at = columns.instant();
  row.seen_at = columns.instant();
  row.expires_at = columns.instant();
}

}  // namespace yimen::persistence::sqlite
