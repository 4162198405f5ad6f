// What a client sees of a case. Codes only: the words for people come from the texts.
#pragma once

#include "api/case_service.hpp"

namespace yimen::api {

// State, holder and dates as the entry left them: the same for every reader, so that the answer to
// a repeated request is the same to the byte.
[[nodiscard]] workflow::Value summary_view(const workflow::Case& subject);

// Everything a reader may see now: deadlines that explain themselves, records with their personal
// texts where the post allows, and what may be done next.
[[nodiscard]] workflow::Value case_view(CaseService& service, const OpenCase& opened,
                                        const http::Request& request);

// "r<revision>" in quotes.
[[nodiscard]] std::string entity_tag(std::int64_t revision);

// A due date with its reasons: `due_at`, `due_on`, `skipped`, `provisional`.
[[nodiscard]] workflow::Object due_view(const workflow::Due& due);
[[nodiscard]] workflow::Value budget_view(const workflow::Budget& budget);

}  // namespace yimen::api
