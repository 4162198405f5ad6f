// Reads an edition from its JSON file. Only the shape is judged here; whether the edition fits its
// procedure and organisation is `edition_check.hpp`'s.
#pragma once

#include <filesystem>
#include <vector>

#include "workflow/edition.hpp"
#include "workflow/form.hpp"
#include "workflow/result.hpp"

namespace yimen::definitions {

// The edition with its digest (SHA-256 of the canonical bytes of the whole) and those of its forms
// (of the canonical bytes of each schema), or every finding with its JSON Pointer.
[[nodiscard]] Result<workflow::Edition, std::vector<workflow::Finding>> edition_from(
    const workflow::Value& value);
[[nodiscard]] Result<workflow::Edition, std::vector<workflow::Finding>> load_edition(
    const std::filesystem::path& file);

}  // namespace yimen::definitions
