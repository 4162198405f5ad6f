#include "api/http/conditional.hpp"

#include <algorithm>
#include <utility>

namespace yimen::api::http {

namespace {

constexpr std::size_t key_length_max = 255;

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

void skip_spaces(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

// Takes one entity tag off the front; false where there is none.
bool take_tag(std::string_view& text, EntityTags& tags) {
  const bool weak = text.starts_with("W/");
  if (weak) text.remove_prefix(2);
  if (!text.starts_with('"')) return false;
  const auto close = text.find('"', 1);
  if (close == std::string_view::npos) return false;
  const std::string_view tag = text.substr(1, close - 1);
  if (!std::all_of(tag.begin(), tag.end(), is_visible)) return false;
  (weak ? tags.weak : tags.strong).emplace_back(tag);
  text.remove_prefix(close + 1);
  return true;
}

bool contains(const std::vector<std::string>& tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string_view unquoted(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag.size() >= 2 && etag.front() == '"') etag = etag.substr(1, etag.size() - 2);
  return etag;
}

// The inside of a structured-field string, its escapes resolved.
std::optional<std::string> unescaped(std::string_view inside) {
  std::string out;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] == '"') return std::nullopt;
    if (inside[at] == '\\' &&
        (++at == inside.size() || (inside[at] != '"' && inside[at] != '\\'))) {
      return std::nullopt;
    }
    out += inside[at];
  }
  return out;
}

}  // namespace

bool EntityTags::match_strongly(std::string_view tag) const {
  return any || contains(strong, tag);
}

bool EntityTags::match_weakly(std::string_view tag) const {
  return any || contains(strong, tag) || contains(weak, tag);
}

std::optional<EntityTags> parse_entity_tags(std::string_view header) {
  EntityTags tags;
  if (header == "*") {
    tags.any = true;
    return tags;
  }
  while (true) {
    skip_spaces(header);
    if (!take_tag(header, tags)) return std::nullopt;
    skip_spaces(header);
    if (header.empty()) return tags;
    if (header[0] != ',') return std::nullopt;
    header.remove_prefix(1);
  }
}

Result<EntityTags, Problem> if_match(const Request& request) {
  const std::string_view header = request.headers.get("if-match");
  if (header.empty()) return refuse(Problem{.code = ProblemCode::if_match_required});
  auto tags = parse_entity_tags(header);
  if (!tags) return refuse(Problem{.code = ProblemCode::if_match_invalid});
  return std::move(*tags);
}

std::optional<std::string> parse_idempotency_key(std::string_view header) {
  std::optional<std::string> key;
  if (header.starts_with('"')) {
    if (header.size() < 2 || header.back() != '"') return std::nullopt;
    key = unescaped(header.substr(1, header.size() - 2));
  } else {
    key = std::string(header);
  }
  if (!key || key->empty() || key->size() > key_length_max ||
      !std::all_of(key->begin(), key->end(), is_visible)) {
    return std::nullopt;
  }
  return key;
}

Response not_modified_or(const Request& request, Response response) {
  if (response.status != 200 || (request.method != "GET" && request.method != "HEAD")) {
    return response;
  }
  const std::string_view wanted = request.headers.get("if-none-match");
  const std::string_view etag = response.headers.get("etag");
  if (wanted.empty() || etag.empty()) return response;
  const auto tags = parse_entity_tags(wanted);
  if (tags && tags->match_weakly(unquoted(etag))) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace yimen::api::http
