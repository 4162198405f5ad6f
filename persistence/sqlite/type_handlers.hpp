// How Poco::Data reads our rows: the columns in the order of the SELECTs in `queries.hpp`.
#pragma once

#include <Poco/Data/LOB.h>
#include <Poco/Data/TypeHandler.h>
#include <Poco/Nullable.h>

#include <optional>
#include <string>

#include "persistence/store.hpp"

namespace yimen::persistence::sqlite {

[[nodiscard]] Poco::Data::BLOB blob_of(const std::string& bytes);
[[nodiscard]] std::string bytes_of(const Poco::Data::BLOB& blob);
[[nodiscard]] Poco::Int64 column_of(workflow::Instant at);
[[nodiscard]] Poco::Nullable<Poco::Int64> column_of(std::optional<workflow::Instant> at);

// Takes one column after the other.
class Columns final {
 public:
  explicit Columns(std::size_t first, const Poco::Data::AbstractExtractor::Ptr& extractor)
      : place_(first), extractor_(extractor) {}

  [[nodiscard]] std::string text();
  [[nodiscard]] std::string bytes();
  [[nodiscard]] std::int64_t integer();
  [[nodiscard]] workflow::Instant instant() { return workflow::instant_of(integer()); }
  [[nodiscard]] std::optional<workflow::Instant> instant_or_nothing();

 private:
  std::size_t place_;
  Poco::Data::AbstractExtractor::Ptr extractor_;
};

void read(Columns& columns, PersonRow& row);
void read(Columns& columns, HouseholdRow& row);
void read(Columns& columns, AccountRow& row);
void read(Columns& columns, SessionRow& row);

}  // namespace yimen::persistence::sqlite

namespace Poco::Data {

#define YIMEN_TYPE_HANDLER(Row, columns)                                                   \
  template <>                                                                              \
  class TypeHandler<yimen::persistence::Row> {                                             \
   public:                                                                                 \
    static std::size_t size() { return columns; }                                          \
    static void extract(std::size_t first, yimen::persistence::Row& row,                   \
                        const yimen::persistence::Row&, AbstractExtractor::Ptr extractor) { \
      yimen::persistence::sqlite::Columns values(first, extractor);                        \
      yimen::persistence::sqlite::read(values, row);                                       \
    }                                                                                      \
    static void prepare(std::size_t, const yimen::persistence::Row&,                       \
                        AbstractPreparator::Ptr) {}                                        \
  }

YIMEN_TYPE_HANDLER(PersonRow, 8);
YIMEN_TYPE_HANDLER(HouseholdRow, 5);
YIMEN_TYPE_HANDLER(AccountRow, 9);
YIMEN_TYPE_HANDLER(SessionRow, 6);

#undef YIMEN_TYPE_HANDLER

}  // namespace Poco::Data
