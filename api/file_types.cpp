#include "api/file_types.hpp"

#include <algorithm>
#include <array>

#include "api/archive_check.hpp"
#include "api/http/percent.hpp"

namespace yimen::api {

namespace {

constexpr std::string_view pdf = "application/pdf";
constexpr std::string_view png = "image/png";
constexpr std::string_view jpeg = "image/jpeg";
constexpr std::string_view text = "text/plain";
constexpr std::string_view docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view xlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

constexpr std::array<FileType, 6> types{{{pdf, "pdf", ""},
                                         {png, "png", ""},
                                         {jpeg, "jpg", "jpeg"},
                                         {text, "txt", ""},
                                         {docx, "docx", ""},
                                         {xlsx, "xlsx", ""}}};

constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t tail_bytes = 1'024;

std::string lower(std::string_view given) {
  std::string out(given);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  return out;
}

// U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069.
bool has_direction_mark(std::string_view name) {
  for (std::size_t at = name.find('\xe2'); at != std::string_view::npos;
       at = name.find('\xe2', at + 1)) {
    const std::string_view mark = name.substr(at, 3);
    const bool is_mark = (mark >= "\xe2\x80\x8e" && mark <= "\xe2\x80\x8f") ||
                         (mark >= "\xe2\x80\xaa" && mark <= "\xe2\x80\xae") ||
                         (mark >= "\xe2\x81\xa6" && mark <= "\xe2\x81\xa9");
    if (is_mark) return true;
  }
  return false;
}

bool is_text(std::string_view bytes) {
  const bool is_readable = std::ranges::all_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7f : c == '\t' || c == '\n' || c == '\r';
  });
  return is_readable && http::is_utf8(bytes);
}

bool is_pdf(std::string_view bytes) {
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), tail_bytes));
  return bytes.starts_with("%PDF-") && tail.find("%%EOF") != std::string_view::npos;
}

bool is_png(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.starts_with("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv) &&
         bytes.ends_with("IEND\xae\x42\x60\x82"sv);
}

bool is_jpeg(std::string_view bytes) {
  return bytes.starts_with("\xff\xd8\xff") && bytes.ends_with("\xff\xd9");
}

}  // namespace

std::span<const FileType> file_types() { return types; }

const FileType* file_type(std::string_view content_type) {
  std::string wanted = lower(content_type.substr(0, content_type.find(';')));
  while (wanted.ends_with(' ')) wanted.pop_back();
  const auto found = std::ranges::find(types, wanted, &FileType::content_type);
  return found != types.end() ? &*found : nullptr;
}

std::string name_problem(const FileType& type, std::string_view name) {
  if (name.empty()) return "required";
  if (name.size() > name_bytes_max) return "file_name_too_long";
  const bool is_path = name.find_first_of("/\\:") != std::string_view::npos;
  if (is_path || name.starts_with('.') || has_direction_mark(name)) return "file_name_unsafe";
  const auto dot = name.rfind('.');
  const std::string ending = lower(dot == std::string_view::npos ? "" : name.substr(dot + 1));
  const bool fits = ending == type.extension ||
                    (!type.also_extension.empty() && ending == type.also_extension);
  return fits ? std::string() : "file_extension_differs";
}

std::string content_problem(const FileType& type, std::string_view bytes) {
  if (type.content_type == docx) return archive_problem(bytes, "word/document.xml");
  if (type.content_type == xlsx) return archive_problem(bytes, "xl/workbook.xml");
  const bool fits = type.content_type == pdf   ? is_pdf(bytes)
                    : type.content_type == png ? is_png(bytes)
                    : type.content_type == jpeg ? is_jpeg(bytes)
                                                : is_text(bytes);
  return fits ? std::string() : "file_content_differs";
}

}  // namespace yimen::api
