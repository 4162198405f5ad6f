// Stretches of casework that many stories share. Each says what happens to the case; who acts, and
// on which records, is seen in the source.
#pragma once

#include "tests/support/casework.hpp"

namespace yimen::tests {

// The lead of a village worker in shili_1, with a home visit by two people.
void is_found(Story& story, Object lead = {});
// Found, laid before the village meeting and agreed: it lies with the station.
void is_reported(Story& story, Object lead = {});
void the_village_meets(Story& story, Object meeting = {});
void is_accepted(Story& story, std::string_view category);
// Accepted and given to a department by list.
void is_assigned(Story& story, std::string_view category,
                 std::string_view unit = "civil_affairs_office");
// The department signs for it, collects the papers, investigates and forms its opinion.
void is_investigated(Story& story, std::string_view opinion = "eligible");
// Investigated, with a measure, proposed by the clerk and signed by the head.
void is_handled(Story& story);
// All the way to handled, within a few days from the clock's present time.
void comes_to_be_handled(Story& story, std::string_view category,
                         std::string_view unit = "civil_affairs_office");
// The pre-approval notice: published by the station and posted on the village board today.
void is_published(Story& story);
void the_station_decides_to_report(Story& story);
// Published, decided and reported upward after the notice period; the county approves.
void the_county_approves(Story& story);
// Long-term notice, payment and delivery.
void is_delivered(Story& story);
// The department's clerk or head for the unit that holds the case.
Actor its_clerk(const Story& story);
Actor its_head(const Story& story);

}  // namespace yimen::tests
