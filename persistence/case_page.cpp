#include "persistence/case_page.hpp"

#include <algorithm>
#include <limits>

namespace yimen::persistence {

namespace {

using workflow::Instant;

constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();
constexpr int limit_max = 200;

std::int64_t bound(const std::optional<Instant>& at, std::int64_t otherwise) {
  return at ? workflow::milliseconds_of(*at) : otherwise;
}

Parameter flag_of(const std::optional<bool>& flag) {
  return flag ? parameter(*flag) : Parameter();
}

}  // namespace

Result<CasePageInMaking, StoreError> CasePageInMaking::after_cursor_of(const CaseQuery& query) {
  const bool by_due = query.sort == CaseQuery::Sort::due;
  const Cursor first{by_due ? 'd' : 'o', by_due ? -always : always, by_due ? "" : "~"};
  const int limit = std::clamp(query.limit, 1, limit_max);
  if (!query.desks.empty() && !by_due) {
    return refuse(StoreError{StoreErrorKind::invalid, "desks are listed by due date", {}});
  }
  if (query.cursor.empty()) return CasePageInMaking(first, limit);
  std::optional<Cursor> given = cursor_from(query.cursor);
  if (!given || given->sort != first.sort) {
    return refuse(StoreError{StoreErrorKind::invalid, "not a cursor of this list", {}});
  }
  return CasePageInMaking(std::move(*given), limit);
}

std::int64_t CasePageInMaking::key_of(const CaseSummary& row) const {
  if (after_.sort == 'o') return workflow::milliseconds_of(row.opened_at);
  return bound(row.due_at, never);
}

bool CasePageInMaking::is_before(std::int64_t key, const std::string& id,
                                 const CaseSummary& row) const {
  const bool ascends = after_.sort == 'd';
  const std::int64_t other = key_of(row);
  if (key != other) return ascends ? key < other : key > other;
  return ascends ? id < row.id : id > row.id;
}

void CasePageInMaking::add_if_after(CaseSummary row) {
  if (is_before(after_.key, after_.id, row)) found_.push_back(std::move(row));
}

CasePage CasePageInMaking::finish() {
  std::ranges::sort(found_, [&](const CaseSummary& left, const CaseSummary& right) {
    return is_before(key_of(left), left.id, right);
  });
  const auto repeated = std::ranges::unique(found_, {}, &CaseSummary::id);
  found_.erase(repeated.begin(), repeated.end());
  CasePage page;
  const auto size = static_cast<std::size_t>(limit_);
  if (found_.size() > size) {
    found_.resize(size);
    const CaseSummary& last = found_.back();
    page.next = to_text(Cursor{after_.sort, key_of(last), last.id});
  }
  page.items = std::move(found_);
  return page;
}

std::vector<Parameter> filters_of(const CaseQuery& query, const std::string& jurisdiction,
                                  bool is_closed) {
  return {parameter(query.procedure),
          parameter(query.state),
          parameter(query.department),
          parameter(query.village),
          parameter(query.category),
          parameter(query.holder_unit),
          parameter(query.due_from),
          parameter(query.in_state_from),
          parameter(query.in_state_before),
          flag_of(query.is_suspended),
          parameter(query.waits_for),
          jurisdiction,
          parameter(is_closed),
          bound(query.due_before, always),
          bound(query.opened_from, -always)};
}

bool includes(const CaseQuery& query, bool is_closed) {
  return !query.is_closed || *query.is_closed == is_closed;
}

}  // namespace yimen::persistence
