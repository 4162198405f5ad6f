// What the vocabularies of all procedures are written with: tags whose spelling is their name,
// guards and actions, and the levels of the township. C++17-clean.
#pragma once

#include <optional>

#include "workflow/rule.hpp"

namespace yimen::workflow {
class Object;
struct GuardContext;
struct Outcome;
}  // namespace yimen::workflow

// NOLINTNEXTLINE: a tag whose name is its spelling cannot be written without the preprocessor.
#define YIMEN_WORD(word, ...)                    \
  struct word : __VA_ARGS__ {                    \
    static constexpr const char* name = #word;   \
  }

// `unmet` answers nothing when the condition holds, else the parameters of the refusal.
#define YIMEN_GUARD(word, ...)                                                         \
  struct word : __VA_ARGS__ {                                                          \
    static constexpr const char* name = #word;                                         \
    static std::optional<workflow::Object> unmet(const workflow::GuardContext& given); \
  }

#define YIMEN_ACTION(word)                            \
  struct word {                                       \
    static constexpr const char* name = #word;        \
    static void perform(workflow::Outcome& outcome);  \
  }

namespace yimen::definitions {

using workflow::rule::closed_state;
using workflow::rule::form_guard_of;
using workflow::rule::guard_of;
using workflow::rule::open_state;

struct event {};
struct annotation_word {};

struct level {};
YIMEN_WORD(village, level);
YIMEN_WORD(station, level);
YIMEN_WORD(department, level);
YIMEN_WORD(county, level);
YIMEN_WORD(system, level);
struct public_level : level {
  static constexpr const char* name = "public";
};

}  // namespace yimen::definitions
