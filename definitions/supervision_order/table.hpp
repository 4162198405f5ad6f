// The supervision order, one rule a line. The ordered unit acknowledges and reports back; the
// station closes it or orders once more.
#pragma once

#include "definitions/supervision_order/guards.hpp"
#include "workflow/rule_checks.hpp"

namespace yimen::definitions::supervision_order {

namespace mp = boost::mp11;
using namespace workflow::rule;  // NOLINT: the table is written in these words

using states = mp::mp_list<nothing, issued, acknowledged, reported_back, reissued, closed>;

// clang-format off
using table = mp::mp_list<
  rule<from<nothing>,          on<issue>,       to<issued>,        by<station, system>,              given<ordered_unit_can_act>,        then<note_order, hold_by_ordered_unit>, clause<3,3>>,
  rule<from<issued, reissued>, on<acknowledge>, to<acknowledged>,  by<village, station, department>, given<unit_is_mine>,                then<>,                                 clause<3,3>>,
  rule<from<acknowledged>,     on<report_back>, to<reported_back>, by<village, station, department>, given<unit_is_mine, date_is_given>, then<hold_by_station>,                  clause<3,3>>,
  rule<from<reported_back>,    on<close>,       to<closed>,        by<station>,                      given<>,                            then<>,                                 clause<3,3>>,
  rule<from<reported_back>,    on<reissue>,     to<reissued>,      by<station>,                      given<>,                            then<hold_by_ordered_unit>,             clause<3,3>>
>;

using annotations = mp::mp_list<
  annotation<note,              by<village, station, department>, given<>, then<>,               clause<3,3>>,
  annotation<urge,              by<station, system>,              given<>, then<>,               clause<3,3>>,
  annotation<recount_deadlines, by<system>,                       given<recount_is_needed>, then<recount_clocks>, from_law>
>;
// clang-format on

using rows = rows_of<table>;

// What is closed stays closed: a further lateness has an order of its own.
static_assert(table_is_sound<states, rows, void>());
static_assert(level_is_denied<rows, close, department>());
static_assert(level_is_denied<rows, close, village>());

}  // namespace yimen::definitions::supervision_order
