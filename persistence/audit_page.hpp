// What the stores do alike with what auditors ask: where pages begin and end, and rows as every
// store's queries answer them. `Rows` is a store's own cursor.
#pragma once

#include <map>
#include <tuple>
#include <utility>

#include "persistence/audit_store.hpp"
#include "persistence/parameter.hpp"

namespace yimen::persistence {

// Where a page begins: behind this clock or entry.
struct AuditPlace {
  std::int64_t at = 0;  // start, due date or entry
  std::string case_id;
  std::string clock;
  std::int64_t sequence = 0;  // of the entry, or of the one that started the clock
};

enum class AuditOrder : char { by_start = 's', by_due = 'u', newest_first = 'm', acts = 'a' };

// The first place of all for an empty cursor; `invalid` for one of another list.
[[nodiscard]] Result<AuditPlace, StoreError> place_after(const std::string& cursor,
                                                         AuditOrder order, std::int64_t first);
[[nodiscard]] std::string cursor_at(const AuditPlace& place, AuditOrder order);

[[nodiscard]] int rows_of_page(int limit);  // without the one that tells of a next page

// The page of lines that were read in order, one more than wanted where there are more.
[[nodiscard]] AuditPage page_of_lines(std::vector<AuditLine> lines, AuditOrder order, int limit);
// Lines of several clocks, each in the order of its due dates.
void merge_by_due(std::vector<AuditLine>& lines);
[[nodiscard]] AuditMarkPage page_of_marks(std::vector<AuditMarkLine> lines, int limit);

// An act with its place in the log, one more than wanted where there are more.
using PlacedAct = std::pair<std::int64_t, AuditedAct>;
[[nodiscard]] AuditedActPage page_of_acts(std::vector<PlacedAct> acts, int limit);

// The last instant that a list of entries reaches to.
[[nodiscard]] std::int64_t end_of_marks(const AuditMarkQuery& query);

// Rows of key, outcome, unit and count, summed up.
class AuditTally final {
 public:
  template <class Rows>
  void add(const Rows& rows) {
    counts_[{rows.text(0), static_cast<int>(rows.integer(1)), rows.text(2)}] += rows.integer(3);
  }
  [[nodiscard]] std::vector<AuditFigure> figures() const;

 private:
  std::map<std::tuple<std::string, int, std::string>, std::int64_t> counts_;
};

template <class Rows>
[[nodiscard]] AuditLine audit_line_in(const Rows& rows) {
  AuditLine line;
  line.case_id = rows.text(0);
  line.procedure = rows.text(1);
  line.number = rows.text(2);
  line.state = rows.text(3);
  line.clock.clock = rows.text(4);
  line.clock.started_by = rows.integer(5);
  line.clock.state = rows.text(6);
  line.clock.started_at = rows.instant(7);
  line.clock.stopped_at = rows.instant_or_nothing(8);
  line.clock.due_at = rows.instant(9);
  // Read as an instant, because only those may be absent.
  if (const auto is_late = rows.instant_or_nothing(10)) {
    line.clock.is_late = workflow::milliseconds_of(*is_late) != 0;
  }
  line.clock.is_withdrawn = rows.integer(11) != 0;
  line.clock.is_reopened = rows.integer(12) != 0;
  line.clock.facts = {rows.text(13), rows.text(14), rows.text(15), rows.text(16)};
  line.outcome = static_cast<AuditOutcome>(rows.integer(17));
  line.late_with = rows.text(18);
  line.late_reason = rows.text(19);
  return line;
}

template <class Rows>
[[nodiscard]] PlacedAct audited_act_in(const Rows& rows) {
  return {rows.integer(0), {rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
                            rows.text(6), rows.instant(7)}};
}

template <class Rows>
[[nodiscard]] AuditMarkLine audit_mark_line_in(const Rows& rows) {
  AuditMarkLine line;
  line.case_id = rows.text(0);
  line.number = rows.text(1);
  line.row.mark = {rows.text(2), rows.text(3), rows.text(4)};
  line.row.sequence = rows.integer(5);
  line.row.recorded_at = rows.instant(6);
  line.row.facts = {rows.text(7), rows.text(8), rows.text(9), rows.text(10)};
  line.entry = rows.text(11);
  return line;
}

}  // namespace yimen::persistence
