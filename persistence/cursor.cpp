#include "persistence/cursor.hpp"

#include <charconv>

namespace yimen::persistence {

namespace {

constexpr std::size_t text_length_max = 200;
constexpr std::string_view digits = "0123456789abcdef";

std::string hexadecimal(std::string_view plain) {
  std::string text;
  for (const char letter : plain) {
    const auto byte = static_cast<unsigned char>(letter);
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 15U]);
  }
  return text;
}

// Empty for what is no hexadecimal text.
std::string plain(std::string_view text) {
  if (text.size() % 2 != 0) return {};
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const std::size_t high = digits.find(text[at]);
    const std::size_t low = digits.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    bytes.push_back(static_cast<char>(high << 4U | low));
  }
  return bytes;
}

}  // namespace

std::string to_text(const Cursor& cursor) {
  return hexadecimal(std::string(1, cursor.sort) + "|" + std::to_string(cursor.key) + "|" +
                     cursor.id);
}

std::optional<Cursor> cursor_from(const std::string& text) {
  if (text.size() > text_length_max) return {};
  const std::string bytes = plain(text);
  const std::size_t end = bytes.size() < 4 ? std::string::npos : bytes.find('|', 2);
  if (end == std::string::npos || bytes[1] != '|') return {};
  if (std::string_view("adosum").find(bytes[0]) == std::string_view::npos) return {};
  Cursor cursor{bytes[0], 0, bytes.substr(end + 1)};
  const auto [stopped, error] =
      std::from_chars(bytes.data() + 2, bytes.data() + end, cursor.key);
  if (error != std::errc{} || stopped != bytes.data() + end || to_text(cursor) != text) return {};
  return cursor;
}

}  // namespace yimen::persistence
