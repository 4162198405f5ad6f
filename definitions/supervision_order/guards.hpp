// Conditions and actions of the supervision order. C++17-clean tags; their work is in guards.cpp
// and actions.cpp.
#pragma once

#include "definitions/supervision_order/vocabulary.hpp"

namespace yimen::definitions::supervision_order {

YIMEN_GUARD(ordered_unit_can_act, form_guard_of<issue>);
YIMEN_GUARD(unit_is_mine, guard_of<acknowledge, report_back>);
YIMEN_GUARD(date_is_given, form_guard_of<report_back>);
YIMEN_GUARD(recount_is_needed, form_guard_of<>);

YIMEN_ACTION(note_order);
YIMEN_ACTION(hold_by_ordered_unit);
YIMEN_ACTION(hold_by_station);
YIMEN_ACTION(recount_clocks);

}  // namespace yimen::definitions::supervision_order
