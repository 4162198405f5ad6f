// What a command's form says, checked: the record that it would leave, and the personal values
// that stay out of the journal.
#pragma once

#include <utility>
#include <vector>

#include "workflow/command.hpp"
#include "workflow/edition.hpp"
#include "workflow/refusal.hpp"

namespace yimen::workflow {

struct Draft {
  Record record;
  std::vector<std::pair<std::string, Value>> personal;  // pointer and value
  std::vector<Refusal> refusals;                        // invalid_data; then the rest is empty
};

// Reads the form of that code (none where it is empty) and the command's times. `record.sequence`
// and `record.recorded_at` are those that the entry will have.
[[nodiscard]] Draft draft_of(const Command& command, const std::string& form,
                             const Edition& edition, std::int64_t sequence, Instant recorded_at);

}  // namespace yimen::workflow
