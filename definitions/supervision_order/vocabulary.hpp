// The words of the supervision order (督办单): an order to a unit about a case that is late.
// C++17-clean. The spelling of a tag is its name in JSON, SQL and the texts.
#pragma once

#include "definitions/words.hpp"

namespace yimen::definitions::supervision_order {

// ---- states -------------------------------------------------------------------------------------

YIMEN_WORD(nothing, open_state);  // before it is issued
YIMEN_WORD(issued, open_state);
YIMEN_WORD(acknowledged, open_state);
YIMEN_WORD(reported_back, open_state);
YIMEN_WORD(reissued, open_state);
YIMEN_WORD(closed, closed_state);

// ---- events -------------------------------------------------------------------------------------

YIMEN_WORD(issue, event);
YIMEN_WORD(acknowledge, event);
YIMEN_WORD(report_back, event);
YIMEN_WORD(close, event);
YIMEN_WORD(reissue, event);

// ---- annotations --------------------------------------------------------------------------------

YIMEN_WORD(note, annotation_word);
YIMEN_WORD(urge, annotation_word);
YIMEN_WORD(recount_deadlines, annotation_word);

}  // namespace yimen::definitions::supervision_order
