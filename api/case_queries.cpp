#include "api/case_queries.hpp"

#include <array>
#include <utility>

#include "api/body.hpp"
#include "api/scope.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::Request;
using persistence::CaseQuery;
using workflow::Instant;

using TextFilter = std::pair<std::string_view, std::optional<std::string> CaseQuery::*>;
using InstantFilter = std::pair<std::string_view, std::optional<Instant> CaseQuery::*>;

constexpr std::array<TextFilter, 9> text_filters{{{"procedure", &CaseQuery::procedure},
                                                  {"state", &CaseQuery::state},
                                                  {"department", &CaseQuery::department},
                                                  {"village", &CaseQuery::village},
                                                  {"category", &CaseQuery::category},
                                                  {"number", &CaseQuery::number},
                                                  {"holder_unit", &CaseQuery::holder_unit},
                                                  {"waits_for", &CaseQuery::waits_for},
                                                  {"person", &CaseQuery::person}}};
constexpr std::array<InstantFilter, 3> instant_filters{{{"due_before", &CaseQuery::due_before},
                                                        {"due_from", &CaseQuery::due_from},
                                                        {"opened_from", &CaseQuery::opened_from}}};

std::optional<bool> truth_of(std::string_view text) {
  if (text != "true" && text != "false") return std::nullopt;
  return text == "true";
}

// The name of the first parameter that cannot be what it stands for; empty where all can.
std::string_view take_filters(const Request& request, CaseQuery& query) {
  for (const auto& [name, member] : text_filters) {
    if (const std::string* text = request.query.find(name)) query.*member = *text;
  }
  for (const auto& [name, member] : instant_filters) {
    const std::string* text = request.query.find(name);
    if (text == nullptr) continue;
    query.*member = workflow::instant_from(*text);
    if (!(query.*member)) return name;
  }
  if (const std::string* text = request.query.find("closed")) {
    query.is_closed = truth_of(*text);
    if (!query.is_closed) return "closed";
  }
  if (const std::string* text = request.query.find("sort")) {
    if (*text != "due" && *text != "opened") return "sort";
    if (*text == "opened") query.sort = CaseQuery::Sort::opened;
  }
  return {};
}

}  // namespace

Result<CaseQuery, Problem> case_query_of(const Request& request, const Colours& colours) {
  if (auto unknown = unknown_parameter(
          request, {"procedure", "state", "department", "village", "category", "number",
                    "holder_unit", "waits_for", "person", "colour", "age", "due_before", "due_from",
                    "opened_from", "closed", "sort", "cursor", "limit"})) {
    return refuse(std::move(*unknown));
  }
  CaseQuery query;
  query.visible_to = scope_of(*request.principal).filter();
  query.person_role = "subject";
  query.cursor = request.query.get("cursor");
  if (const auto wrong = take_filters(request, query); !wrong.empty()) {
    return refuse(invalid_parameter(wrong));
  }
  const auto limit = limit_of(request);
  if (!limit) return refuse(limit.error());
  query.limit = *limit;
  const std::string* colour = request.query.find("colour");
  if (colour != nullptr && !narrow_to_colour(query, *colour, colours)) {
    return refuse(invalid_parameter("colour"));
  }
  const std::string* age = request.query.find("age");
  if (age != nullptr && !narrow_to_age(query, *age, colours)) {
    return refuse(invalid_parameter("age"));
  }
  return query;
}

}  // namespace yimen::api
