// Makes the runtime value of a procedure from its table: the same list that the machine is made of.
//
// A Definition names: `name`, `states`, `table`, `annotations`, `numbering_event` and `step`. A
// guard's tag carries `unmet(context)`, an action's `perform(outcome)`.
#pragma once

#include <string>

#include "workflow/procedure.hpp"
#include "workflow/rule.hpp"

namespace yimen::workflow {

namespace detail {

namespace mp = boost::mp11;

template <class Definition>
using definition_rows = rule::rows_of<typename Definition::table>;
template <class Definition>
using definition_annotations = rule::annotation_rows_of<typename Definition::annotations>;
template <class Definition>
using definition_events =
    mp::mp_unique<mp::mp_transform<rule::event_of, definition_rows<Definition>>>;
template <class Definition>
using definition_guards = mp::mp_unique<mp::mp_flatten<mp::mp_append<
    mp::mp_transform<rule::all_guards_of, definition_rows<Definition>>,
    mp::mp_transform<rule::all_guards_of, definition_annotations<Definition>>>>>;

template <int Section, int Item, int Paragraph>
std::string_view text_of(rule::clause<Section, Item, Paragraph>) {
  static const std::string text = std::to_string(Section) +
                                  (Item != 0 ? "." + std::to_string(Item) : "") +
                                  (Paragraph != 0 ? "." + std::to_string(Paragraph) : "");
  return text;
}
inline std::string_view text_of(rule::from_law) { return ""; }

template <class List, class T>
inline constexpr int index_in = static_cast<int>(mp::mp_find<List, T>::value);

template <class... Tag>
std::vector<std::string_view> names_of(mp::mp_list<Tag...>) {
  return {std::string_view(Tag::name)...};
}

template <class Guards, class... Tag>
std::vector<int> indices_of(mp::mp_list<Tag...>) {
  return {index_in<Guards, Tag>...};
}

template <class Guards, class... Use>
std::vector<GuardUse> uses_of(mp::mp_list<Use...>) {
  return {indices_of<Guards>(rule::alternatives_of<Use>{})...};
}

template <class... Tag>
std::vector<Action> actions_of(mp::mp_list<Tag...>) {
  return {Action(&Tag::perform)...};
}

template <class... Tag>
std::vector<Guard> guards_of(mp::mp_list<Tag...>) {
  return {Guard{Tag::name, &Tag::unmet, Tag::reads_form}...};
}

template <class States, class Events, class Guards, class... Row>
std::vector<RuleRow> runtime_rows(mp::mp_list<Row...>) {
  return {RuleRow{index_in<States, typename Row::from>, index_in<Events, typename Row::event>,
                  index_in<States, typename Row::to>, Row::stays, Row::is_undoable,
                  names_of(typename Row::levels{}), indices_of<Guards>(typename Row::selectors{}),
                  uses_of<Guards>(typename Row::guards{}), actions_of(typename Row::actions{}),
                  text_of(typename Row::clause{})}...};
}

template <class Guards, class... Row>
std::vector<AnnotationRow> runtime_annotations(mp::mp_list<Row...>) {
  return {AnnotationRow{Row::name::name, Row::takes_closed, names_of(typename Row::levels{}),
                        uses_of<Guards>(typename Row::guards{}),
                        actions_of(typename Row::actions{}), text_of(typename Row::clause{})}...};
}

template <class... State>
std::vector<bool> closed_flags(mp::mp_list<State...>) {
  return {State::is_closed...};
}

}  // namespace detail

template <class Definition>
[[nodiscard]] Procedure procedure_of() {
  using States = typename Definition::states;
  using Rows = detail::definition_rows<Definition>;
  using Events = detail::definition_events<Definition>;
  using Guards = detail::definition_guards<Definition>;
  static_assert(boost::mp11::mp_size<Rows>::value <= rows_max, "more rows than RowBits holds");
  Procedure procedure;
  procedure.name = Definition::name;
  procedure.states = detail::names_of(States{});
  procedure.is_closed = detail::closed_flags(States{});
  procedure.events = detail::names_of(Events{});
  procedure.guards = detail::guards_of(Guards{});
  procedure.rows = detail::runtime_rows<States, Events, Guards>(Rows{});
  procedure.annotations = detail::runtime_annotations<Guards>(
      detail::definition_annotations<Definition>{});
  procedure.step = Definition::step;
  procedure.numbering_event = Definition::numbering_event;
  if constexpr (requires { Definition::expiry_data; }) {
    procedure.expiry_data = Definition::expiry_data;
  }
  return procedure;
}

}  // namespace yimen::workflow
