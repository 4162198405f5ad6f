// A case: one run of a procedure from discovery to archive, as the fold of its journal.
// Nothing but `apply` makes the next one; no field is assigned anywhere else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/deadline.hpp"
#include "workflow/time.hpp"
#include "workflow/value.hpp"

namespace yimen::workflow {

// Who acts, in which post of which unit. `level` is the unit's level: village, station,
// department, county, public or system. `for_person` holds the post and is covered by `person`;
// empty for who acts in a post of their own.
struct Actor {
  std::string person;
  std::string post;
  std::string unit;
  std::string level;
  std::string for_person{};
  bool operator==(const Actor&) const = default;

  // Whether the two act as one: the same person, or one in the other's post.
  [[nodiscard]] bool is_one_with(const Actor& other) const;
};

// Who has to act next.
struct Holder {
  std::string unit;
  std::string person;  // empty: whoever holds the post
  bool operator==(const Holder&) const = default;
};

// What an event or annotation left behind, and what guards read. Personal values are not here:
// `present` holds the JSON Pointers (RFC 6901) of those that were given.
struct Record {
  std::int64_t sequence = 0;
  std::string kind;  // the event's or annotation's name
  Instant recorded_at;
  Instant occurred_at;
  Actor by;
  Value data;
  std::vector<std::string> present;
  std::int64_t voided_by = 0;
  bool operator==(const Record&) const = default;

  [[nodiscard]] bool is_void() const { return voided_by != 0; }
  [[nodiscard]] bool has(std::string_view pointer) const;
};

struct Signature {
  Actor by;
  std::string choice;  // agree, refuse or recuse
  Instant at;
  std::int64_t sequence = 0;
  bool operator==(const Signature&) const = default;
};

// An event that waits for signatures.
struct Proposal {
  std::int64_t sequence = 0;  // of the entry that proposed it; names the proposal
  std::string event;
  Actor proposer;
  Value data;
  std::vector<std::string> present;
  Instant occurred_at;
  std::string lateness_reason;
  std::vector<std::string> added_signers;  // posts added by add_signer
  std::vector<Signature> signatures;
  std::string outcome;  // empty while open; performed, refused or withdrawn
  bool operator==(const Proposal&) const = default;
};

// What `take_back` needs to move back along the last row.
struct Undo {
  std::int64_t sequence = 0;
  std::string person;
  Instant at;
  std::string state;
  Holder holder;
  Object facts;  // the former values of the facts that the row changed; null where absent
  bool operator==(const Undo&) const = default;
};

struct Case {
  std::string id;
  std::string procedure;
  std::string edition;        // digest of the edition that it runs under
  std::int64_t sequence = 0;  // of its last journal entry
  std::int64_t revision = 0;  // changes with state, holder, records and facts: the ETag
  std::string state;          // empty before the first entry
  int visit = 0;              // counts entries into states, over the whole case
  Instant recorded_at;        // of the last entry; never goes back
  Holder holder;
  Object facts;
  std::vector<std::string> units;  // who may see it
  std::vector<Record> records;
  std::vector<Clock> clocks;
  std::vector<Proposal> proposals;
  std::optional<Undo> undo;
  bool operator==(const Case&) const = default;

  [[nodiscard]] const Value& fact(std::string_view name) const;
  // The last record of a kind that is not void; nullptr where there is none.
  [[nodiscard]] const Record* last(std::string_view kind) const;
  [[nodiscard]] std::vector<const Record*> all(std::string_view kind) const;
  [[nodiscard]] const Clock* running_clock(std::string_view name) const;
};

// The case as one JSON value, and back; a round trip changes nothing.
[[nodiscard]] Value to_value(const Case& subject);
[[nodiscard]] Case case_from(const Value& value);

}  // namespace yimen::workflow
