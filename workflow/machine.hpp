// Makes a Boost.MSM machine of a table's rows. Include it in one C++17 unit per procedure and
// nowhere else: Boost 1.74's MSM does not parse as C++20, and each unit costs the compiler 0.7 GB.
//
// Which guards hold was evaluated before; a row's MSM guard reads its bit. A fresh machine a step,
// put into its state without entry actions, so nothing is kept alive and nothing allocates.
#pragma once

#include <boost/mp11.hpp>
#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/serialization/base_object.hpp>

#include "workflow/rule.hpp"
#include "workflow/step.hpp"

namespace yimen::workflow::machine {

namespace mp = boost::mp11;

// States, events and rows stand in MSM's types by number, and the table behind the name of its
// Definition: with the lists themselves in every symbol the object file grows to gigabytes.
template <int State>
struct StateAt : boost::msm::front::state<> {};

template <int Event>
struct EventAt {
  const RowBits* bits;
  int* fired;
};

template <int Row>
struct RowHolds {
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event& event, Machine&, From&, To&) const {
    return event.bits->test(Row);
  }
};

template <int Row>
struct RowFires {
  template <class Event, class Machine, class From, class To>
  void operator()(const Event& event, Machine&, From&, To&) const {
    *event.fired = Row;
  }
};

template <class List, class T>
inline constexpr int index_in = static_cast<int>(mp::mp_find<List, T>::value);

template <class Definition>
using EventsOf = mp::mp_unique<mp::mp_transform<rule::event_of, typename Definition::rows>>;

template <class Definition, int Index>
using RowAt = mp::mp_at_c<typename Definition::rows, Index>;

template <class Definition, int Index, class Row = RowAt<Definition, Index>>
using MsmRowBase = boost::msm::front::Row<
    StateAt<index_in<typename Definition::states, typename Row::from>>,
    EventAt<index_in<EventsOf<Definition>, typename Row::event>>,
    std::conditional_t<Row::stays, boost::msm::front::none,
                       StateAt<index_in<typename Definition::states, typename Row::to>>>,
    RowFires<Index>, RowHolds<Index>>;

template <class Definition, int Index>
struct MsmRow : MsmRowBase<Definition, Index> {};

template <class Definition>
struct MsmRowOf {
  template <class Index>
  using fn = MsmRow<Definition, static_cast<int>(Index::value)>;
};

// MSM tries the last row of a state and event first; reversed, the table reads top to bottom.
template <class Definition>
using MsmTable = mp::mp_reverse<mp::mp_transform_q<
    MsmRowOf<Definition>, mp::mp_iota<mp::mp_size<typename Definition::rows>>>>;

template <class Definition>
struct Front : boost::msm::front::state_machine_def<Front<Definition>> {
  using initial_state = StateAt<0>;
  using transition_table = MsmTable<Definition>;
  // Without it an exception in an action is swallowed and counts as handled.
  using no_exception_thrown = int;
  // Without it every machine allocates twice.
  using no_message_queue = int;
  // Whatever has no rule is told by the result, not by an assertion.
  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {}
};

// Writes the one region's state and leaves the rest as constructed.
class Rehydration {
 public:
  explicit Rehydration(int state) : state_(state) {}

  Rehydration& operator&(int (&region)[1]) {
    region[0] = state_;
    return *this;
  }
  template <class Other>
  Rehydration& operator&(Other&) {
    return *this;
  }

 private:
  int state_;
};

// A Definition names `states` (the first one before the case exists) and flat `rows`.
template <class Definition>
class Stepper {
 public:
  // `state` counts in Definition::states, `event` in the events in the order of the rows.
  static Step step(int state, int event, const RowBits& bits) {
    if (state < 0 || state >= states_count || event < 0 || event >= events_count) return {};
    return mp::mp_with_index<static_cast<std::size_t>(events_count)>(
        static_cast<std::size_t>(event), [&](auto index) {
          return fire<static_cast<int>(decltype(index)::value)>(state, bits);
        });
  }

 private:
  using Machine = boost::msm::back::state_machine<Front<Definition>>;
  static constexpr int states_count =
      static_cast<int>(mp::mp_size<typename Definition::states>::value);
  static constexpr int events_count = static_cast<int>(mp::mp_size<EventsOf<Definition>>::value);

  // MSM numbers states by their place in its table; ours is the place in `states`.
  template <int... State>
  static int msm_id(int state, std::integer_sequence<int, State...>) {
    static constexpr int ids[] = {
        boost::msm::back::get_state_id<typename Machine::stt, StateAt<State>>::value...};
    return ids[state];
  }

  template <int Event>
  static Step fire(int state, const RowBits& bits) {
    Machine machine;
    Rehydration rehydration(msm_id(state, std::make_integer_sequence<int, states_count>{}));
    machine.serialize(rehydration, 0);
    int fired = -1;
    const auto handled = machine.process_event(EventAt<Event>{&bits, &fired});
    if (handled == boost::msm::back::HANDLED_TRUE) return {StepResult::taken, fired};
    if (handled == boost::msm::back::HANDLED_FALSE) return {StepResult::no_rule, -1};
    return {StepResult::refused, -1};
  }
};

}  // namespace yimen::workflow::machine
