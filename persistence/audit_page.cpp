#include "persistence/audit_page.hpp"

#include <algorithm>
#include <charconv>

#include "persistence/cursor.hpp"

namespace yimen::persistence {

namespace {

// Behind every identifier: lists that go down begin there.
constexpr std::string_view behind_all = "~";

AuditPlace place_of(const AuditLine& line, AuditOrder order) {
  const workflow::Instant at =
      order == AuditOrder::by_due ? line.clock.due_at : line.clock.started_at;
  return {workflow::milliseconds_of(at), line.case_id, line.clock.clock, line.clock.started_by};
}

auto by_due(const AuditLine& line) {
  return std::tie(line.clock.due_at, line.case_id, line.clock.clock, line.clock.started_by);
}

// Drops what is behind the page, and tells whether there was any.
template <class Line>
bool cut(std::vector<Line>& lines, int limit) {
  const auto size = static_cast<std::size_t>(rows_of_page(limit));
  if (lines.size() <= size) return false;
  lines.resize(size);
  return true;
}

}  // namespace

Result<AuditPlace, StoreError> place_after(const std::string& cursor, AuditOrder order,
                                           std::int64_t first) {
  const bool goes_down = order == AuditOrder::newest_first;
  if (cursor.empty()) {
    return AuditPlace{first, std::string(goes_down ? behind_all : std::string_view()), {}, 0};
  }
  const StoreError invalid{StoreErrorKind::invalid, "not a cursor of this list", {}};
  const auto given = cursor_from(cursor);
  if (!given || given->sort != static_cast<char>(order)) return refuse(invalid);
  const std::size_t clock = given->id.find('/');
  const std::size_t sequence = given->id.rfind('/');
  if (clock == std::string::npos || sequence == clock) return refuse(invalid);
  AuditPlace place{given->key, given->id.substr(0, clock),
                   given->id.substr(clock + 1, sequence - clock - 1), 0};
  const char* end = given->id.data() + given->id.size();
  const auto read = std::from_chars(given->id.data() + sequence + 1, end, place.sequence);
  if (read.ec != std::errc{} || read.ptr != end) return refuse(invalid);
  return place;
}

std::string cursor_at(const AuditPlace& place, AuditOrder order) {
  return to_text(Cursor{static_cast<char>(order), place.at,
                        place.case_id + "/" + place.clock + "/" +
                            std::to_string(place.sequence)});
}

int rows_of_page(int limit) { return std::clamp(limit, 1, audit_page_max); }

AuditPage page_of_lines(std::vector<AuditLine> lines, AuditOrder order, int limit) {
  AuditPage page;
  if (cut(lines, limit)) page.next = cursor_at(place_of(lines.back(), order), order);
  page.items = std::move(lines);
  return page;
}

void merge_by_due(std::vector<AuditLine>& lines) {
  std::ranges::sort(lines, [](const AuditLine& left, const AuditLine& right) {
    return by_due(left) < by_due(right);
  });
}

AuditedActPage page_of_acts(std::vector<PlacedAct> acts, int limit) {
  const bool more = cut(acts, limit);
  AuditedActPage page;
  if (more) page.next = cursor_at({acts.back().first, {}, {}, 0}, AuditOrder::acts);
  for (auto& [place, act] : acts) page.items.push_back(std::move(act));
  return page;
}

AuditMarkPage page_of_marks(std::vector<AuditMarkLine> lines, int limit) {
  AuditMarkPage page;
  if (cut(lines, limit)) {
    const AuditMarkLine& last = lines.back();
    page.next = cursor_at({workflow::milliseconds_of(last.row.recorded_at), last.case_id, {},
                           last.row.sequence},
                          AuditOrder::newest_first);
  }
  page.items = std::move(lines);
  return page;
}

std::int64_t end_of_marks(const AuditMarkQuery& query) {
  return std::min(workflow::milliseconds_of(query.before) - 1,
                  workflow::milliseconds_of(query.as_of));
}

std::vector<AuditFigure> AuditTally::figures() const {
  std::vector<AuditFigure> figures;
  for (const auto& [what, count] : counts_) {
    const auto& [key, outcome, unit] = what;
    figures.push_back({key, static_cast<AuditOutcome>(outcome), unit, count});
  }
  return figures;
}

}  // namespace yimen::persistence
