// Lists that lie in one column, or are bound as one parameter, as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/access_store.hpp"

namespace yimen::persistence {

[[nodiscard]] std::string text_of(const std::vector<PostRow>& posts);
// Empty for what is no such text.
[[nodiscard]] std::vector<PostRow> posts_in(const std::string& text);
[[nodiscard]] std::vector<std::string> names_in(const std::string& text);
// Nothing where there is no list.
[[nodiscard]] std::optional<std::string> list_of(
    const std::optional<std::vector<std::string>>& names);

}  // namespace yimen::persistence
