// The vocabulary in which a procedure's table is written: one rule a line, read from left to right.
// C++17-clean and free of Boost.MSM: the machine, names, checks and drawings are derived from it.
#pragma once

#include <boost/mp11.hpp>
#include <type_traits>

namespace yimen::workflow::rule {

namespace mp = boost::mp11;

// ---- tags ---------------------------------------------------------------------------------------

struct open_state {
  static constexpr bool is_closed = false;
};
struct closed_state {
  static constexpr bool is_closed = true;
};

// What a guard may be asked of; without events it fits all of them.
template <class... Events>
struct guard_of {
  using events = mp::mp_list<Events...>;
  static constexpr bool reads_form = false;
  static constexpr bool proves_publicity = false;
  static constexpr bool proves_station_decision = false;
};
// Judges the event's own form, so that nothing can be said before it is filled.
template <class... Events>
struct form_guard_of : guard_of<Events...> {
  static constexpr bool reads_form = true;
};
// Shows that the public could know and object, or why it was spared.
template <class... Events>
struct publicity_guard_of : guard_of<Events...> {
  static constexpr bool proves_publicity = true;
};
template <class... Events>
struct station_decision_guard_of : guard_of<Events...> {
  static constexpr bool proves_station_decision = true;
};

// One of the guards is enough. The refusal names the first and tells of the others.
template <class... Guards>
struct any_of {
  using alternatives = mp::mp_list<Guards...>;
};

// ---- the parts of a rule ------------------------------------------------------------------------

template <class... States>
struct from {};
template <class Event>
struct on {};
template <class State>
struct to {};
struct stays {};
template <class... Levels>
struct by {};
template <class... Selectors>
struct when {};   // tells this rule from the others of its state and event
template <class... Guards>
struct given {};  // all must hold
template <class... Actions>
struct then {};
template <int Section, int Item = 0, int Paragraph = 0>
struct clause {};
struct from_law {};  // the plan is silent; the law or domain practice asks for it
struct undoable {};
struct also_closed {};  // annotations that closed cases take too

template <class From, class On, class To, class... Parts>
struct rule {};

template <class Name, class... Parts>
struct annotation {};

// ---- reading the parts --------------------------------------------------------------------------

namespace detail {

// The members of the part `Part<…>` among the parts; an empty list where there is none.
template <template <class...> class Part, class... Parts>
struct members_of {
  using type = mp::mp_list<>;
};
template <template <class...> class Part, class... T, class... Rest>
struct members_of<Part, Part<T...>, Rest...> {
  using type = mp::mp_list<T...>;
};
template <template <class...> class Part, class First, class... Rest>
struct members_of<Part, First, Rest...> : members_of<Part, Rest...> {};

template <class... Parts>
struct clause_of {
  using type = from_law;
};
template <int Section, int Item, int Paragraph, class... Rest>
struct clause_of<clause<Section, Item, Paragraph>, Rest...> {
  using type = clause<Section, Item, Paragraph>;
};
template <class First, class... Rest>
struct clause_of<First, Rest...> : clause_of<Rest...> {};

template <class Flag, class... Parts>
inline constexpr bool has_part = mp::mp_contains<mp::mp_list<Parts...>, Flag>::value;

template <class Guard>
struct alternatives_of {
  using type = mp::mp_list<Guard>;
};
template <class... Guards>
struct alternatives_of<any_of<Guards...>> {
  using type = mp::mp_list<Guards...>;
};

}  // namespace detail

template <class Guard>
using alternatives_of = typename detail::alternatives_of<Guard>::type;

// One rule for one state: what the machine, the checks and the runtime rows are made of.
template <class From, class Event, class To, bool Stays, class... Parts>
struct row {
  using from = From;
  using event = Event;
  using to = To;
  static constexpr bool stays = Stays;
  static constexpr bool is_undoable = detail::has_part<undoable, Parts...>;
  using levels = typename detail::members_of<by, Parts...>::type;
  using selectors = typename detail::members_of<when, Parts...>::type;
  using guards = typename detail::members_of<given, Parts...>::type;
  using actions = typename detail::members_of<then, Parts...>::type;
  using clause = typename detail::clause_of<Parts...>::type;
  // Every guard that the row names, alternatives taken apart.
  using all_guards =
      mp::mp_append<selectors, mp::mp_flatten<mp::mp_transform<alternatives_of, guards>>>;
};

template <class Name, class... Parts>
struct annotation_row {
  using name = Name;
  static constexpr bool takes_closed = detail::has_part<also_closed, Parts...>;
  using levels = typename detail::members_of<by, Parts...>::type;
  using guards = typename detail::members_of<given, Parts...>::type;
  using actions = typename detail::members_of<then, Parts...>::type;
  using clause = typename detail::clause_of<Parts...>::type;
  using all_guards = mp::mp_flatten<mp::mp_transform<alternatives_of, guards>>;
};

namespace detail {

template <class Rule>
struct rows_of_rule;
template <class... States, class Event, class To, class... Parts>
struct rows_of_rule<rule<from<States...>, on<Event>, to<To>, Parts...>> {
  using type = mp::mp_list<row<States, Event, To, false, Parts...>...>;
};
template <class... States, class Event, class... Parts>
struct rows_of_rule<rule<from<States...>, on<Event>, stays, Parts...>> {
  using type = mp::mp_list<row<States, Event, States, true, Parts...>...>;
};

template <class Annotation>
struct row_of_annotation;
template <class Name, class... Parts>
struct row_of_annotation<annotation<Name, Parts...>> {
  using type = annotation_row<Name, Parts...>;
};

template <class Rule>
using rows_of_rule_t = typename rows_of_rule<Rule>::type;
template <class Annotation>
using row_of_annotation_t = typename row_of_annotation<Annotation>::type;

}  // namespace detail

// The flat rows of a table, in its order.
template <class Table>
using rows_of = mp::mp_flatten<mp::mp_transform<detail::rows_of_rule_t, Table>>;
template <class Annotations>
using annotation_rows_of = mp::mp_transform<detail::row_of_annotation_t, Annotations>;

template <class Row>
using event_of = typename Row::event;
template <class Row>
using all_guards_of = typename Row::all_guards;

}  // namespace yimen::workflow::rule
