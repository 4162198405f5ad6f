#include "api/case_lines.hpp"

#include "workflow/json_fields.hpp"

namespace yimen::api {

namespace {

using persistence::CaseSummary;
using workflow::Object;
using Names = std::map<std::string, std::string>;

Object subject_view(const std::string& person, const Names& names) {
  Object view{{"person", person}};
  const auto name = names.find(person);
  if (name != names.end()) view.set("name", name->second);
  return view;
}

Object line_view(const CaseSummary& line, const Colours& colours, const Names& names) {
  const std::string_view colour = colour_of(line, colours);
  Object view{{"id", line.id},
              {"procedure", line.procedure},
              {"number", line.number},
              {"state", line.state},
              {"category", line.category},
              {"village", line.village},
              {"department", line.department},
              {"holder", Object{{"unit", line.holder_unit}, {"person", line.holder_person}}},
              {"emergency", line.emergency},
              {"is_closed", line.is_closed},
              {"revision", line.revision},
              {"opened_at", workflow::to_text(line.opened_at)},
              {"state_since", workflow::to_text(line.state_since)},
              {"suspended", line.suspended_at.has_value()},
              {"late", colour == "red"},
              {"waits_for", workflow::array_of(line.waits_for)}};
  if (!line.subject.empty()) view.set("subject", subject_view(line.subject, names));
  if (!colour.empty()) view.set("colour", colour);
  if (line.due_at) view.set("due_at", workflow::to_text(*line.due_at));
  return view;
}

}  // namespace

Result<workflow::Array, http::Problem> line_views(const std::vector<CaseSummary>& lines,
                                                  const Colours& colours,
                                                  const Registry& registry,
                                                  const http::Principal& reader) {
  std::vector<std::string> people;
  for (const CaseSummary& line : lines) {
    if (!line.subject.empty()) people.push_back(line.subject);
  }
  const auto names = registry.names_of(reader, std::move(people));
  if (!names) return refuse(names.error());
  workflow::Array views;
  for (const CaseSummary& line : lines) views.push_back(line_view(line, colours, *names));
  return views;
}

}  // namespace yimen::api
