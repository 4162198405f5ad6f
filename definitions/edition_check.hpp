// Whether an edition can take effect: does it fit the procedure's table, the organisation and
// itself. An edition with findings is refused, so that no case meets a state without a way or date.
#pragma once

#include <vector>

#include "definitions/organisation.hpp"
#include "workflow/calendar.hpp"
#include "workflow/edition.hpp"
#include "workflow/form.hpp"
#include "workflow/procedure.hpp"

namespace yimen::definitions {

// Every finding at once, with its JSON Pointer into the edition's file; empty for an edition that
// may be deployed. Without a calendar the year in which it takes effect is not judged.
[[nodiscard]] std::vector<workflow::Finding> check(const workflow::Edition& edition,
                                                   const workflow::Procedure& procedure,
                                                   const Organisation& organisation,
                                                   const workflow::WorkingCalendar* calendar);

}  // namespace yimen::definitions
