// What a rung of a ladder does, read from the case as it stands and the edition that it runs under.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/rulebook.hpp"
#include "persistence/deadline_store.hpp"
#include "workflow/case.hpp"

namespace yimen::api {

struct Word {
  std::string code;  // of the text
  workflow::Object params;
  std::vector<std::string> addresses;
};

struct RungAct {
  // What the system takes; empty where the rung only tells.
  workflow::EntryKind kind = workflow::EntryKind::transition;
  std::string event;
  workflow::Value data;
  Word after_event;    // told once it is taken
  Word instead;        // told where there is no event, or it was refused
};

// Nothing where the clock does not run any more, is suspended or has no such rung: time has
// overtaken it.
[[nodiscard]] std::optional<RungAct> act_of(const persistence::RungKey& rung,
                                            const workflow::Case& subject,
                                            const workflow::Edition& edition,
                                            const Rulebook& rulebook);

}  // namespace yimen::api
