// A journal entry: who did what, when, and every outcome of it. `apply` needs nothing else, so an
// old case replays under any later edition.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflow/case.hpp"

namespace yimen::workflow {

enum class EntryKind { transition, annotation, proposal, signature, take_back };

// All that the entry changes; what is absent stays as it was.
struct Changes {
  std::optional<std::string> state;      // entering a state, also the same one again
  std::optional<Holder> holder;
  Object facts;                          // null removes a fact
  std::vector<std::string> units;        // who may see it from now on, besides those who could
  std::vector<std::int64_t> voided;      // records that no longer satisfy guards
  std::vector<std::int64_t> restored;    // records that do again (take_back)
  std::vector<Clock> clocks;             // each replaces the clock of its name and start, or is new
  std::vector<std::int64_t> removed_clocks;  // started by these entries (take_back)
  std::optional<Proposal> proposal;      // replaces the proposal of its sequence, or is new
  std::optional<Undo> undo;
  bool clears_undo = false;
  bool revises = true;                   // whether the revision (ETag) changes
  bool operator==(const Changes&) const = default;
};

struct Entry {
  std::string case_id;
  std::string procedure;
  std::int64_t sequence = 0;
  EntryKind kind = EntryKind::transition;
  std::string event;      // or the annotation's name
  std::string clause;     // of the plan, e.g. 2.4.4
  std::string from;       // state before
  Actor actor;
  Instant recorded_at;
  Instant occurred_at;
  std::string command;    // identifier of the command
  std::string edition;    // digest
  std::string calendar;   // digest
  std::string lateness_reason;
  Value data;             // the form's open members
  std::vector<std::string> present;             // pointers of the personal members given
  std::map<std::string, std::string> digests;   // pointer -> HMAC of the personal value, by `seal`
  bool leaves_record = true;                    // whether `data` becomes a record of the case
  Changes changes;
  bool operator==(const Entry&) const = default;
};

[[nodiscard]] std::string_view name_of(EntryKind kind);

[[nodiscard]] Value to_value(const Entry& entry);
[[nodiscard]] Entry entry_from(const Value& value);

// The next case. Reads no edition, no calendar and no guard; the entry must be the case's next.
[[nodiscard]] Case apply(Case subject, const Entry& entry);

// Folds a whole journal; the entries in order of their sequence.
[[nodiscard]] Case replay(const std::vector<Entry>& entries);

}  // namespace yimen::workflow
