// What somebody asks to happen to a case. Built by the shell from a request, a timer or an import.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "workflow/entry.hpp"

namespace yimen::workflow {

struct Command {
  std::string id;       // UUIDv7
  EntryKind kind = EntryKind::transition;
  std::string case_id;
  std::string event;    // the event's or annotation's name; unused for signature and take_back
  Value data;           // the form, with its personal members
  Actor actor;
  std::optional<Instant> occurred_at;  // when it happened, where that was before now
  std::string lateness_reason;         // a code of the edition, once a clock is overdue
  std::optional<std::int64_t> revision;  // what the client had read; absent: whatever stands
  std::int64_t proposal = 0;  // signature: the proposal's sequence
  std::string choice;         // signature: agree, refuse or recuse
  std::string number;         // a fresh case number, for the event that gives one
  Object parent;              // facts of the stored case that an opening event refers to
};

// Something that must happen after commit, at least once; the entry's place makes it unique.
struct Effect {
  std::string kind;  // e.g. notify_unit, open_child, tell_county
  Value details;
  bool operator==(const Effect&) const = default;
};

}  // namespace yimen::workflow
