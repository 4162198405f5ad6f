#include "api/ids.hpp"

#include <openssl/rand.h>

#include <stdexcept>

namespace yimen::api {

std::string RandomIds::random(std::size_t length) {
  std::string bytes(length, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(length)) != 1) {
    throw std::runtime_error("the operating system gives no random bytes");
  }
  return bytes;
}

std::string RandomIds::uuid(workflow::Instant now) {
  std::string bytes = random(16);
  const auto milliseconds = static_cast<std::uint64_t>(workflow::milliseconds_of(now));
  for (unsigned index = 0; index < 6; ++index) {
    bytes[index] = static_cast<char>((milliseconds >> (40U - 8U * index)) & 255U);
  }
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x70U);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
  constexpr char hexadecimal[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    if (index == 4 || index == 6 || index == 8 || index == 10) text.push_back('-');
    const auto byte = static_cast<unsigned char>(bytes[index]);
    text.push_back(hexadecimal[byte >> 4U]);
    text.push_back(hexadecimal[byte & 15U]);
  }
  return text;
}

}  // namespace yimen::api
