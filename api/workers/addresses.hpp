// Who is told: addresses of notifications, and the addresses at which somebody reads theirs.
#pragma once

#include <string>
#include <vector>

#include "api/http/exchange.hpp"
#include "definitions/organisation.hpp"
#include "workflow/case.hpp"
#include "workflow/edition.hpp"

namespace yimen::api {

// Everybody of a unit, and the holders of a post there.
[[nodiscard]] std::string address_of_unit(const std::string& unit);
[[nodiscard]] std::string address_of_post(const std::string& post, const std::string& unit);

// The addresses that the words of a ladder name for a case: `holder`, `superior`, or a post, which
// is meant in the holder's unit or, where it is of another level, in the unit of that level.
[[nodiscard]] std::vector<std::string> addresses_of(const std::vector<std::string>& words,
                                                    const workflow::Case& subject,
                                                    const workflow::Edition& edition,
                                                    const definitions::Organisation& organisation);

// Their own, their posts' and those of whom they cover.
[[nodiscard]] std::vector<std::string> addresses_of(const http::Principal& principal);

}  // namespace yimen::api
