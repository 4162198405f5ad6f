// What must be true of every table, proved when it is compiled. Each fault stops the build in a
// template that is named for the rule it breaks and carries the offending row or state.
#pragma once

#include "workflow/rule.hpp"

namespace yimen::workflow::rule {

namespace check {

template <class Row, class State>
using leaves = mp::mp_bool<std::is_same<typename Row::from, State>::value && !Row::stays>;

template <class State, class Rows>
struct open_state_has_a_way_out {
  template <class Row>
  using from_here = leaves<Row, State>;
  static constexpr bool value = State::is_closed || mp::mp_any_of<Rows, from_here>::value;
  static_assert(value, "an open state has no way out");
};

// One more round of states that some row enters from a known one, until nothing is new.
template <class Known, class Rows>
struct reachable {
  template <class Row>
  using starts_known = mp::mp_contains<Known, typename Row::from>;
  template <class Row>
  using target = typename Row::to;
  using entered = mp::mp_transform<target, mp::mp_copy_if<Rows, starts_known>>;
  using grown = mp::mp_unique<mp::mp_append<Known, entered>>;
  using type = typename std::conditional_t<mp::mp_size<grown>::value == mp::mp_size<Known>::value,
                                           mp::mp_identity<Known>, reachable<grown, Rows>>::type;
};

template <class State, class Reachable>
struct state_can_be_reached {
  static constexpr bool value = mp::mp_contains<Reachable, State>::value;
  static_assert(value, "a state cannot be reached");
};

template <class Row, class... Exits>
struct closed_state_is_left_only_by_reopening {
  static constexpr bool value = !Row::from::is_closed || Row::stays ||
                                mp::mp_contains<mp::mp_list<Exits...>, typename Row::event>::value;
  static_assert(value, "a closed state is left by another event than reopening");
};

template <class Row, class Other>
struct rows_can_be_told_apart {
  static constexpr bool are_siblings =
      !std::is_same<Row, Other>::value &&
      std::is_same<typename Row::from, typename Other::from>::value &&
      std::is_same<typename Row::event, typename Other::event>::value;
  static constexpr bool value =
      !are_siblings || (!mp::mp_empty<typename Row::selectors>::value &&
                        !mp::mp_empty<typename Other::selectors>::value &&
                        !std::is_same<typename Row::selectors, typename Other::selectors>::value);
  static_assert(value, "two rows of one state and event cannot be told apart");
};

template <class Row, class Rows>
struct row_stands_once {
  static constexpr bool value = mp::mp_count<Rows, Row>::value == 1;
  static_assert(value, "a row stands twice");
};

template <class Guard, class Row>
struct guard_fits_its_event {
  using events = typename Guard::events;
  static constexpr bool value =
      mp::mp_empty<events>::value || mp::mp_contains<events, typename Row::event>::value;
  static_assert(value, "a guard does not fit its event");
};

template <class Row, class... Guards>
constexpr bool guards_fit(mp::mp_list<Guards...>) {
  return (guard_fits_its_event<Guards, Row>::value && ...);
}

template <class Row, class... Others>
constexpr bool told_apart(mp::mp_list<Others...>) {
  return (rows_can_be_told_apart<Row, Others>::value && ...);
}

template <class Rows, class Reopen, class... Row>
constexpr bool rows_are_sound(mp::mp_list<Row...>) {
  return (row_stands_once<Row, Rows>::value && ...) &&
         (closed_state_is_left_only_by_reopening<Row, Reopen>::value && ...) &&
         (told_apart<Row>(Rows{}) && ...) &&
         (guards_fit<Row>(typename Row::all_guards{}) && ...);
}

template <class Rows, class... State>
constexpr bool states_are_sound(mp::mp_list<State...>) {
  using start = mp::mp_list<mp::mp_front<mp::mp_list<State...>>>;
  using known = typename reachable<start, Rows>::type;
  return (open_state_has_a_way_out<State, Rows>::value && ...) &&
         (state_can_be_reached<State, known>::value && ...);
}

}  // namespace check

// Every state has a way in and (unless closed) out, closed ones only by Reopen, siblings differ,
// guards fit. The first state is the one before the case exists.
template <class States, class Rows, class Reopen>
constexpr bool table_is_sound() {
  return check::states_are_sound<Rows>(States{}) &&
         check::rows_are_sound<Rows, Reopen>(Rows{});
}

namespace check {

// A use of a guard proves something when every alternative of it does.
template <class Use, template <class> class Proof>
using use_proves = mp::mp_all_of<alternatives_of<Use>, Proof>;

template <class Row, class State, template <class> class Proof>
struct way_into_state_is_proved {
  template <class Use>
  using proves = use_proves<Use, Proof>;
  using uses = mp::mp_append<typename Row::selectors, typename Row::guards>;
  static constexpr bool value = !std::is_same<typename Row::to, State>::value || Row::stays ||
                                mp::mp_any_of<uses, proves>::value;
  static_assert(value, "a way into a state lacks the proof that the plan asks for");
};

template <class Row, class Event, class Level>
struct level_may_not_take_event {
  static constexpr bool value = !std::is_same<typename Row::event, Event>::value ||
                                !mp::mp_contains<typename Row::levels, Level>::value;
  static_assert(value, "a level may take an event that the plan denies it");
};


template <class State, template <class> class Proof, class... Row>
constexpr bool proved(mp::mp_list<Row...>) {
  return (way_into_state_is_proved<Row, State, Proof>::value && ...);
}

template <class Event, class Level, class... Row>
constexpr bool denied(mp::mp_list<Row...>) {
  return (level_may_not_take_event<Row, Event, Level>::value && ...);
}

}  // namespace check

template <class Guard>
using proves_publicity = mp::mp_bool<Guard::proves_publicity>;
template <class Guard>
using proves_station_decision = mp::mp_bool<Guard::proves_station_decision>;

// Every row into State carries a guard that is a Proof.
template <class Rows, class State, template <class> class Proof>
constexpr bool every_way_is_proved() {
  return check::proved<State, Proof>(Rows{});
}

// No row lets Level take Event.
template <class Rows, class Event, class Level>
constexpr bool level_is_denied() {
  return check::denied<Event, Level>(Rows{});
}

}  // namespace yimen::workflow::rule
