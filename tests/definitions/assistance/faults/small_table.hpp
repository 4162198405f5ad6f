// A small procedure with which each fault is shown alone: the words, and every check that the
// assistance table is compiled with. A fault's file names its own rows.
#pragma once

#include "workflow/rule_checks.hpp"

namespace faults {

using namespace yimen::workflow::rule;
namespace mp = boost::mp11;

struct nothing : open_state {};
struct discovered : open_state {};
struct assigned : open_state {};
struct publicized : open_state {};
struct escalated : open_state {};
struct archived : closed_state {};
struct forgotten : open_state {};

struct village {};
struct station {};
struct county {};

struct discover {};
struct accept {};
struct assign {};
struct explain {};
struct publish {};
struct escalate {};
struct county_approve {};
struct archive {};
struct reopen {};

struct is_eligible : guard_of<archive> {};
struct is_explained : guard_of<archive> {};
struct is_investigated : guard_of<assign, publish> {};
struct notice_elapsed : publicity_guard_of<archive> {};
struct station_decided : station_decision_guard_of<escalate> {};

// clang-format off
using opened   = rule<from<nothing>,    on<discover>,       to<discovered>, by<village, station>, clause<2, 3>>;
using accepted = rule<from<discovered>, on<accept>,         stays,          by<station>, clause<2, 2>>;
using given_to = rule<from<discovered>, on<assign>,         to<assigned>,   by<station>, given<is_investigated>, clause<2, 4, 4>>;
using answered = rule<from<assigned>,   on<explain>,        to<publicized>, by<station>, clause<2, 5>>;
using posted   = rule<from<assigned>,   on<publish>,        to<publicized>, by<station>, given<is_investigated>, clause<2, 5>>;
using reported = rule<from<publicized>, on<escalate>,       to<escalated>,  by<station>, given<station_decided>, clause<2, 5>>;
using granted  = rule<from<escalated>,  on<county_approve>, to<assigned>,   by<county>, clause<2, 5>>;
using closed   = rule<from<publicized>, on<archive>,        to<archived>,   by<station>, when<is_eligible>, given<notice_elapsed>, clause<2, 4, 4>>;
using closed_2 = rule<from<publicized>, on<archive>,        to<archived>,   by<station>, when<is_explained>, given<any_of<notice_elapsed, notice_elapsed>>, clause<2, 4, 4>>;
using again    = rule<from<archived>,   on<reopen>,         to<assigned>,   by<station>, from_law>;
// clang-format on

using usual_states = mp::mp_list<nothing, discovered, assigned, publicized, escalated, archived>;

template <class States, class... Rules>
constexpr bool is_lawful() {
  using rows = rows_of<mp::mp_list<Rules...>>;
  return table_is_sound<States, rows, reopen>() &&
         every_way_is_proved<rows, archived, proves_publicity>() &&
         every_way_is_proved<rows, escalated, proves_station_decision>() &&
         level_is_denied<rows, accept, village>() && level_is_denied<rows, explain, village>();
}

}  // namespace faults
