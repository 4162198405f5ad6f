// Casework by dice: somebody of the township picks one of the steps that are possible to them and
// fills its form from the examples, with the members that only the case can tell.
#pragma once

#include <random>

#include "tests/support/casework.hpp"

namespace yimen::tests {

class RandomCasework {
 public:
  RandomCasework(Township& township, Story& story, std::uint64_t seed);

  // One command, after a jump of the clock. True when it was taken.
  bool step();

  struct Attempt {
    Actor actor;
    workflow::Command command;
    workflow::PossibleAction foreseen;  // nameless for a signature
    std::optional<workflow::Refusals> refusals;
  };
  [[nodiscard]] const Attempt& last() const { return last_; }

 private:
  std::size_t below(std::size_t bound);
  bool by_chance(int percent);
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

  void jump();
  bool sign();
  workflow::PossibleAction choose(const Actor& actor);
  Value fill(const workflow::PossibleAction& action);
  void fill_in(std::string_view action, Object& data);
  void fill_meeting(Object& data);
  std::string clock_name();

  Township& township_;
  Story& story_;
  std::mt19937_64 dice_;
  std::vector<Actor> people_;
  Attempt last_;
};

}  // namespace yimen::tests
