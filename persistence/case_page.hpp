// One page of a list of cases in the making: every range of an index that a query asks for is read
// as far as the page needs, and the ranges are merged here.
#pragma once

#include <string>
#include <vector>

#include "persistence/cursor.hpp"
#include "persistence/parameter.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence {

class CasePageInMaking final {
 public:
  // `invalid` for a cursor of another list.
  [[nodiscard]] static Result<CasePageInMaking, StoreError> after_cursor_of(
      const CaseQuery& query);

  // What each range is read after, and how far.
  [[nodiscard]] const Cursor& after() const { return after_; }
  [[nodiscard]] std::int64_t rows_wanted() const { return limit_ + 1; }

  void add(CaseSummary row) { found_.push_back(std::move(row)); }
  // Of a range that was read from its beginning.
  void add_if_after(CaseSummary row);
  [[nodiscard]] CasePage finish();

 private:
  CasePageInMaking(Cursor after, std::int64_t limit) : after_(std::move(after)), limit_(limit) {}

  [[nodiscard]] std::int64_t key_of(const CaseSummary& row) const;
  [[nodiscard]] bool is_before(std::int64_t key, const std::string& id,
                               const CaseSummary& row) const;

  Cursor after_;
  std::int64_t limit_;
  std::vector<CaseSummary> found_;
};

// What every list's text begins with, in the order of its parameters: nine filters, the state of
// suspension, a clock's name, jurisdiction, whether closed, due before, opened from.
[[nodiscard]] std::vector<Parameter> filters_of(const CaseQuery& query,
                                                const std::string& jurisdiction, bool is_closed);
// Whether the query asks for cases that are closed, or for those that are not.
[[nodiscard]] bool includes(const CaseQuery& query, bool is_closed);

}  // namespace yimen::persistence
