#include "persistence/sqlite/case_lines.hpp"

#include <algorithm>
#include <limits>

#include "persistence/sqlite/cursor.hpp"
#include "persistence/sqlite/queries.hpp"
#include "workflow/value.hpp"

namespace yimen::persistence::sqlite {

namespace {

using workflow::Instant;

constexpr std::int64_t never = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();
constexpr int limit_max = 200;

struct Search {
  Connection& connection;
  const std::string& jurisdiction;
  const CaseQuery& query;
  Cursor after;
  std::int64_t limit;  // rows of a page, and one more
  std::vector<CaseSummary> found;

  [[nodiscard]] bool by_due() const { return query.sort == CaseQuery::Sort::due; }
  [[nodiscard]] std::int64_t key_of(const CaseSummary& row) const {
    if (!by_due()) return workflow::milliseconds_of(row.opened_at);
    return row.due_at ? workflow::milliseconds_of(*row.due_at) : never;
  }
  // In the order of the list.
  [[nodiscard]] bool is_before(std::int64_t key, const std::string& id,
                               const CaseSummary& row) const {
    const std::int64_t other = key_of(row);
    if (key != other) return by_due() ? key < other : key > other;
    return by_due() ? id < row.id : id > row.id;
  }
};

CaseSummary summary_in(const Rows& rows) {
  CaseSummary row;
  row.id = rows.text(0);
  row.procedure = rows.text(1);
  row.number = rows.text(2);
  row.state = rows.text(3);
  row.category = rows.text(4);
  row.village = rows.text(5);
  row.department = rows.text(6);
  row.holder_unit = rows.text(7);
  row.holder_person = rows.text(8);
  row.emergency = rows.integer(9) != 0;
  row.is_closed = rows.integer(10) != 0;
  row.revision = rows.integer(11);
  row.opened_at = rows.instant(12);
  row.state_since = rows.instant(13);
  if (rows.integer(14) != never) row.due_at = rows.instant(14);
  row.suspended_at = rows.instant_or_nothing(15);
  return row;
}

std::int64_t bound(const std::optional<Instant>& at, std::int64_t otherwise) {
  return at ? workflow::milliseconds_of(*at) : otherwise;
}

Parameter flag_of(const std::optional<bool>& flag) {
  return flag ? Parameter(std::int64_t{*flag ? 1 : 0}) : Parameter();
}

// What all six texts begin with, in the order of their parameters.
std::vector<Parameter> begun_with_filters(const Search& search, bool is_closed) {
  const CaseQuery& query = search.query;
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
          search.jurisdiction,
          std::int64_t{is_closed ? 1 : 0},
          bound(query.due_before, always),
          bound(query.opened_from, -always)};
}

void read_range(Search& search, bool is_closed, const std::string* unit) {
  std::vector<Parameter> parameters = begun_with_filters(search, is_closed);
  parameters.insert(parameters.end(), {search.after.key, search.after.id});
  std::string_view text = search.by_due() ? select_cases_by_due : select_cases_by_opened;
  if (unit != nullptr) {
    text = search.by_due() ? select_unit_cases_by_due : select_unit_cases_by_opened;
    parameters.emplace_back(*unit);
  }
  parameters.emplace_back(search.limit);
  Rows rows = search.connection.prepared(text).query(parameters);
  while (rows.next()) search.found.push_back(summary_in(rows));
}

// The few cases of a number or a person.
void read_named(Search& search, bool is_closed) {
  const CaseQuery& query = search.query;
  const std::optional<std::string> units = list_of(query.visible_to);
  std::vector<Parameter> parameters = begun_with_filters(search, is_closed);
  if (query.number) parameters.emplace_back(*query.number);
  parameters.insert(parameters.end(), {parameter(query.person),
                                       parameter(query.person_role),
                                       parameter(units)});
  const std::string_view text = query.number ? select_cases_by_number : select_cases_of_person;
  Rows rows = search.connection.prepared(text).query(parameters);
  while (rows.next()) {
    CaseSummary row = summary_in(rows);
    if (search.is_before(search.after.key, search.after.id, row)) search.found.push_back(row);
  }
}

void read_all_ranges(Search& search) {
  const CaseQuery& query = search.query;
  for (const bool is_closed : {false, true}) {
    if (query.is_closed && *query.is_closed != is_closed) continue;
    if (query.number || query.person) {
      read_named(search, is_closed);
    } else if (!query.visible_to) {
      read_range(search, is_closed, nullptr);
    } else {
      for (const std::string& unit : *query.visible_to) read_range(search, is_closed, &unit);
    }
  }
}

CasePage page_of(Search& search) {
  std::ranges::sort(search.found, [&](const CaseSummary& left, const CaseSummary& right) {
    return search.is_before(search.key_of(left), left.id, right);
  });
  const auto repeated = std::ranges::unique(search.found, {}, &CaseSummary::id);
  search.found.erase(repeated.begin(), repeated.end());
  CasePage page;
  const auto size = static_cast<std::size_t>(search.limit - 1);
  if (search.found.size() > size) {
    search.found.resize(size);
    const CaseSummary& last = search.found.back();
    page.next = to_text(Cursor{search.after.sort, search.key_of(last), last.id});
  }
  page.items = std::move(search.found);
  return page;
}

}  // namespace

std::optional<std::string> list_of(const std::optional<std::vector<std::string>>& names) {
  if (!names) return {};
  workflow::Array items;
  for (const std::string& name : *names) items.push_back(name);
  return workflow::canonical(items);
}

Parameter order_of(const std::optional<Instant>& due_at) { return bound(due_at, never); }

Result<CasePage, StoreError> search(Connection& connection, const std::string& jurisdiction,
                                    const CaseQuery& query) {
  const bool by_due = query.sort == CaseQuery::Sort::due;
  Cursor after{by_due ? 'd' : 'o', by_due ? -always : always, by_due ? "" : "~"};
  if (!query.cursor.empty()) {
    const std::optional<Cursor> given = cursor_from(query.cursor);
    if (!given || given->sort != after.sort) {
      return refuse(StoreError{StoreErrorKind::invalid, "not a cursor of this list", {}});
    }
    after = *given;
  }
  const int limit = std::clamp(query.limit, 1, limit_max);
  const Snapshot snapshot(connection);
  Search running{connection, jurisdiction, query, after, std::int64_t{limit} + 1, {}};
  read_all_ranges(running);
  return page_of(running);
}

}  // namespace yimen::persistence::sqlite
