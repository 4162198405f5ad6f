// The conditional headers of RFC 9110 (ETag, If-Match, If-None-Match) and the Idempotency-Key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.hpp"
#include "workflow/result.hpp"

namespace yimen::api::http {

// A list of entity tags, each without its quotes; `any` stands for *.
struct EntityTags {
  bool any = false;
  std::vector<std::string> strong;
  std::vector<std::string> weak;

  // `tag` without quotes. A weak tag never matches strongly.
  [[nodiscard]] bool match_strongly(std::string_view tag) const;
  [[nodiscard]] bool match_weakly(std::string_view tag) const;
};

[[nodiscard]] std::optional<EntityTags> parse_entity_tags(std::string_view header);

// If-Match of a request, or if_match_required, or if_match_invalid.
[[nodiscard]] Result<EntityTags, Problem> if_match(const Request& request);

// The key without its quotes: a structured-field string or bare, 1..255 visible ASCII characters.
[[nodiscard]] std::optional<std::string> parse_idempotency_key(std::string_view header);

// A 200 answer to GET or HEAD whose ETag the client already holds becomes a 304 without a body;
// any other answer comes back as it was.
[[nodiscard]] Response not_modified_or(const Request& request, Response response);

}  // namespace yimen::api::http
