#include "api/resources/board.hpp"

#include <algorithm>

#include "api/body.hpp"
#include "api/case_problems.hpp"
#include "api/colours.hpp"
#include "api/http/percent.hpp"
#include "api/scope.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;
using persistence::BoardCell;
using workflow::Array;
using workflow::Object;

std::string with(std::string link, std::string_view name, std::string_view value) {
  return link.append("&").append(name).append("=").append(http::percent_encoded(value));
}

Object number(std::int64_t count, std::string link) {
  return {{"count", count}, {"cases", std::move(link)}};
}

std::int64_t total_of(const BoardCell& cell) {
  return cell.red + cell.amber + cell.blue + cell.green;
}

// The counts of a cell, a unit or the whole; `link` lists all of its cases.
void set_counts(Object& view, const BoardCell& cell, const std::string& link) {
  view.set("total", number(total_of(cell), link));
  view.set("red", number(cell.red, with(link, "colour", "red")));
  view.set("amber", number(cell.amber, with(link, "colour", "amber")));
  view.set("blue", number(cell.blue, with(link, "colour", "blue")));
  view.set("green", number(cell.green, with(link, "colour", "green")));
  view.set("awaiting_sign_for",
           number(cell.awaiting_sign_for, with(link, "waits_for", "sign_for")));
}

Array ages_view(const BoardCell& cell, const std::string& link) {
  Array ages;
  for (std::size_t place = 0; place < cell.by_age.size(); ++place) {
    Object age = number(cell.by_age[place], with(link, "age", age_names()[place]));
    age.set("working_days", age_names()[place]);
    ages.emplace_back(std::move(age));
  }
  return ages;
}

void add(BoardCell& sum, const BoardCell& cell) {
  sum.red += cell.red;
  sum.amber += cell.amber;
  sum.blue += cell.blue;
  sum.green += cell.green;
  sum.awaiting_sign_for += cell.awaiting_sign_for;
  for (std::size_t place = 0; place < cell.by_age.size(); ++place) {
    sum.by_age[place] += cell.by_age[place];
  }
}

Object cell_view(const BoardCell& cell, const std::string& link_of_unit) {
  const std::string link =
      with(with(link_of_unit, "procedure", cell.procedure), "state", cell.state);
  Object view{{"unit", cell.holder_unit}, {"procedure", cell.procedure}, {"state", cell.state}};
  set_counts(view, cell, link);
  return view;
}

Object unit_view(const BoardCell& sum, const std::string& link) {
  Object view{{"unit", sum.holder_unit}};
  set_counts(view, sum, link);
  view.set("ages", ages_view(sum, link));
  return view;
}

// The cells come unit by unit.
Object board_view(const std::vector<BoardCell>& cells, const Colours& colours) {
  const std::string all = "/v1/cases?closed=false";
  Array cell_views;
  std::vector<BoardCell> units;
  BoardCell whole;
  for (const BoardCell& cell : cells) {
    if (units.empty() || units.back().holder_unit != cell.holder_unit) {
      units.push_back({.holder_unit = cell.holder_unit, .procedure = {}, .state = {}});
    }
    add(units.back(), cell);
    add(whole, cell);
    cell_views.emplace_back(cell_view(cell, with(all, "holder_unit", cell.holder_unit)));
  }
  Array unit_views;
  for (const BoardCell& unit : units) {
    unit_views.emplace_back(unit_view(unit, with(all, "holder_unit", unit.holder_unit)));
  }
  Object whole_view;
  set_counts(whole_view, whole, all);
  whole_view.set("ages", ages_view(whole, all));
  return {{"as_of", workflow::to_text(colours.now)},
          {"amber_before", workflow::to_text(colours.amber_before)},
          {"whole", std::move(whole_view)},
          {"units", std::move(unit_views)},
          {"cells", std::move(cell_views)}};
}

}  // namespace

std::vector<http::Route> Board::routes() {
  return {{.method = "GET",
           .pattern = "/v1/board",
           .name = "get_board",
           .summary = "Open cases by unit and state, coloured, each number with its cases",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Board::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const Colours colours = colours_at(service_.now(), *service_.rulebook().calendar());
  const auto cells = store_.board({.visible_to = scope_of(*request.principal).filter(),
                                   .now = colours.now,
                                   .amber_before = colours.amber_before,
                                   .ages = colours.ages});
  if (!cells) return failed(problem_of(cells.error()));
  return http::json(200, board_view(*cells, colours));
}

}  // namespace yimen::api::resources
