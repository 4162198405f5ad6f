#include "persistence/mysql/case_lines.hpp"

#include "persistence/case_page.hpp"
#include "persistence/mysql/list_queries.hpp"
#include "persistence/row_readers.hpp"
#include "persistence/row_texts.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr std::size_t optional_filters = 11;

struct Search {
  Connection& connection;
  const std::string& jurisdiction;
  const CaseQuery& query;
  CasePageInMaking page;
};

// Optional filters are bound twice each.
void add_filters(std::vector<Parameter>& parameters, const Search& search, bool is_closed) {
  const std::vector<Parameter> filters =
      filters_of(search.query, search.jurisdiction, is_closed);
  for (std::size_t place = 0; place < filters.size(); ++place) {
    parameters.push_back(filters[place]);
    if (place < optional_filters) parameters.push_back(filters[place]);
  }
}

void read_range(Search& search, bool is_closed, const std::string* unit) {
  const bool by_due = search.query.sort == CaseQuery::Sort::due;
  const Cursor& after = search.page.after();
  std::vector<Parameter> parameters;
  add_filters(parameters, search, is_closed);
  parameters.insert(parameters.end(), {after.key, after.key, after.id});
  std::string_view text = by_due ? select_cases_by_due : select_cases_by_opened;
  if (unit != nullptr) {
    text = by_due ? select_unit_cases_by_due : select_unit_cases_by_opened;
    parameters.emplace_back(*unit);
  }
  parameters.emplace_back(search.page.rows_wanted());
  Rows rows = search.connection.prepared(text).query(parameters);
  while (rows.next()) search.page.add(summary_in(rows));
}

void read_desk(Search& search, bool is_closed, const Desk& desk) {
  const Cursor& after = search.page.after();
  const std::optional<std::string> persons = list_of(desk.persons);
  const std::optional<std::string> states = list_of(desk.states);
  const std::optional<std::string> units = list_of(search.query.visible_to);
  std::vector<Parameter> parameters;
  add_filters(parameters, search, is_closed);
  parameters.insert(parameters.end(),
                    {after.key, after.key, after.id, desk.unit, parameter(persons),
                     parameter(persons), parameter(states), parameter(states),
                     parameter(desk.in_other_states), parameter(units), parameter(units),
                     search.page.rows_wanted()});
  Rows rows = search.connection.prepared(select_desk_cases_by_due).query(parameters);
  while (rows.next()) search.page.add(summary_in(rows));
}

// The few cases of a number or a person.
void read_named(Search& search, bool is_closed) {
  const CaseQuery& query = search.query;
  const std::optional<std::string> units = list_of(query.visible_to);
  const Parameter person = parameter(query.person);
  const Parameter role = parameter(query.person_role);
  std::vector<Parameter> parameters;
  if (!query.number) parameters = {search.jurisdiction, person, role, role};
  add_filters(parameters, search, is_closed);
  if (query.number) {
    parameters.insert(parameters.end(), {*query.number, person, person, role, role});
  }
  parameters.insert(parameters.end(), {parameter(units), parameter(units)});
  const std::string_view text = query.number ? select_cases_by_number : select_cases_of_person;
  Rows rows = search.connection.prepared(text).query(parameters);
  while (rows.next()) search.page.add_if_after(summary_in(rows));
}

void read_all_ranges(Search& search) {
  const CaseQuery& query = search.query;
  for (const bool is_closed : {false, true}) {
    if (!includes(query, is_closed)) continue;
    if (query.number || query.person) {
      read_named(search, is_closed);
    } else if (!query.desks.empty()) {
      for (const Desk& desk : query.desks) read_desk(search, is_closed, desk);
    } else if (!query.visible_to) {
      read_range(search, is_closed, nullptr);
    } else {
      for (const std::string& unit : *query.visible_to) read_range(search, is_closed, &unit);
    }
  }
}

}  // namespace

Result<CasePage, StoreError> search(Connection& connection, const std::string& jurisdiction,
                                    const CaseQuery& query) {
  auto page = CasePageInMaking::after_cursor_of(query);
  if (!page) return refuse(std::move(page.error()));
  const Snapshot snapshot(connection);
  Search running{connection, jurisdiction, query, std::move(*page)};
  read_all_ranges(running);
  return running.page.finish();
}

}  // namespace yimen::persistence::mysql
