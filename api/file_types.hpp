// Which documents may be kept: a closed list, judged by declared type, name and bytes alike.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace yimen::api {

struct FileType {
  std::string_view content_type;
  std::string_view extension;       // the usual one
  std::string_view also_extension;  // empty where there is no other
};

[[nodiscard]] std::span<const FileType> file_types();

// By a Content-Type header, parameters aside; nullptr for what is not on the list.
[[nodiscard]] const FileType* file_type(std::string_view content_type);

// The code of what is wrong with a name that people gave: empty, too long, a path, a beginning dot,
// direction marks that make an ending look like another, another type's ending. Empty when it fits.
[[nodiscard]] std::string name_problem(const FileType& type, std::string_view name);

// The code of what is wrong with the bytes; empty when they are what the type says.
[[nodiscard]] std::string content_problem(const FileType& type, std::string_view bytes);

}  // namespace yimen::api
