#include "persistence/sqlite/board.hpp"

#include <algorithm>

#include "persistence/row_texts.hpp"
#include "persistence/sqlite/list_queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

// The counts by age come as "of this age or less".
BoardCell cell_in(const Rows& rows) {
  BoardCell cell;
  cell.holder_unit = rows.text(0);
  cell.procedure = rows.text(1);
  cell.state = rows.text(2);
  cell.red = rows.integer(3);
  cell.amber = rows.integer(4);
  cell.blue = rows.integer(5);
  const std::int64_t all = rows.integer(6);
  cell.green = all - cell.red - cell.amber - cell.blue;
  std::int64_t younger = 0;
  for (int age = 0; age < 5; ++age) {
    const std::int64_t so_far = rows.integer(7 + age);
    cell.by_age[static_cast<std::size_t>(age)] = so_far - younger;
    younger = so_far;
  }
  cell.by_age.back() = all - younger;
  return cell;
}

void add_awaiting(std::vector<BoardCell>& cells, const Rows& rows) {
  const auto cell = std::ranges::find_if(cells, [&](const BoardCell& known) {
    return known.holder_unit == rows.text(0) && known.procedure == rows.text(1) &&
           known.state == rows.text(2);
  });
  if (cell != cells.end()) cell->awaiting_sign_for = rows.integer(3);
}

}  // namespace

std::vector<BoardCell> count_cells(Connection& connection, const std::string& jurisdiction,
                                   const BoardQuery& query) {
  const std::optional<std::string> units = list_of(query.visible_to);
  std::vector<Parameter> parameters{parameter(query.now), parameter(query.amber_before)};
  for (const workflow::Instant age : query.ages) parameters.push_back(parameter(age));
  parameters.emplace_back(jurisdiction);
  if (units) parameters.push_back(parameter(units));
  std::vector<BoardCell> cells;
  const Snapshot snapshot(connection);
  {
    Rows rows = connection.prepared(units ? count_board_of_units : count_board).query(parameters);
    while (rows.next()) cells.push_back(cell_in(rows));
  }
  Rows rows = connection.prepared(count_awaiting_sign_for).query({jurisdiction, parameter(units)});
  while (rows.next()) add_awaiting(cells, rows);
  return cells;
}

}  // namespace yimen::persistence::sqlite
