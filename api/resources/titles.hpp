// Titles of posts and units in the reader's language.
#pragma once

#include <string>

#include "api/http/texts.hpp"
#include "definitions/organisation.hpp"

namespace yimen::api::resources {

[[nodiscard]] inline const std::string& title_in(const definitions::Title& title,
                                                 http::Language language) {
  return language == http::Language::en ? title.en : title.zh;
}

}  // namespace yimen::api::resources
