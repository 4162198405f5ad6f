#include "persistence/sqlite/cursor.hpp"

#include <Poco/Base64Decoder.h>
#include <Poco/Base64Encoder.h>
#include <Poco/Exception.h>

#include <charconv>
#include <sstream>

namespace yimen::persistence::sqlite {

namespace {

constexpr int base64_options = Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING;
constexpr std::size_t text_length_max = 200;

std::string decoded(const std::string& text) {
  try {
    std::istringstream in(text);
    Poco::Base64Decoder decoder(in, base64_options);
    return {std::istreambuf_iterator<char>(decoder), {}};
  } catch (const Poco::Exception&) {
    return {};
  }
}

}  // namespace

std::string to_text(const Cursor& cursor) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out, base64_options);
  encoder << cursor.sort << '|' << cursor.key << '|' << cursor.id;
  encoder.close();
  return out.str();
}

std::optional<Cursor> cursor_from(const std::string& text) {
  if (text.size() > text_length_max) return {};
  const std::string plain = decoded(text);
  const std::size_t end = plain.size() < 4 ? std::string::npos : plain.find('|', 2);
  if (end == std::string::npos || plain[1] != '|') return {};
  if (plain[0] != 'd' && plain[0] != 'o') return {};
  Cursor cursor{plain[0], 0, plain.substr(end + 1)};
  const auto [stopped, error] =
      std::from_chars(plain.data() + 2, plain.data() + end, cursor.key);
  if (error != std::errc{} || stopped != plain.data() + end || to_text(cursor) != text) return {};
  return cursor;
}

}  // namespace yimen::persistence::sqlite
