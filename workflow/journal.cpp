#include "workflow/journal.hpp"

namespace yimen::workflow {

namespace {

constexpr std::string_view chain_format = "yimen-journal-1";
constexpr std::size_t salt_length = 16;
constexpr char hexadecimal[] = "0123456789abcdef";

std::string to_hexadecimal(std::string_view raw) {
  std::string text;
  text.reserve(raw.size() * 2);
  for (const char byte : raw) {
    const auto number = static_cast<unsigned char>(byte);
    text.push_back(hexadecimal[number >> 4U]);
    text.push_back(hexadecimal[number & 15U]);
  }
  return text;
}

// Each part behind its length, so that no two lists of parts share their bytes.
void append_part(std::string& text, std::string_view part) {
  const auto length = static_cast<std::uint64_t>(part.size());
  for (int shift = 56; shift >= 0; shift -= 8) {
    text.push_back(static_cast<char>((length >> static_cast<unsigned>(shift)) & 255U));
  }
  text.append(part);
}

std::string chain_hash(std::string_view previous_hash, std::string_view bytes,
                       const Digests& digests) {
  std::string text;
  text.reserve(bytes.size() + 128);
  append_part(text, chain_format);
  append_part(text, digests.algorithm);
  append_part(text, previous_hash);
  append_part(text, bytes);
  return digests.hash(text);
}

}  // namespace

Sealing seal(Entry entry, const std::vector<std::pair<std::string, Value>>& personal,
             std::string_view salt, std::string_view previous_hash, const Digests& digests) {
  Sealing sealing;
  for (const auto& [pointer, value] : personal) {
    std::string own_salt = digests.hmac(salt, pointer).substr(0, salt_length);
    std::string bytes = canonical(value);
    std::string text;
    append_part(text, pointer);
    append_part(text, bytes);
    entry.digests[pointer] = to_hexadecimal(digests.hmac(own_salt, text));
    sealing.personal.push_back({pointer, std::move(own_salt), std::move(bytes)});
  }
  sealing.entry.sequence = entry.sequence;
  sealing.entry.bytes = canonical(to_value(entry));
  sealing.entry.previous_hash = previous_hash;
  sealing.entry.hash = chain_hash(previous_hash, sealing.entry.bytes, digests);
  return sealing;
}

std::int64_t first_broken(const std::vector<SealedEntry>& chain, const Digests& digests) {
  std::string head;
  std::int64_t expected = 1;
  for (const SealedEntry& entry : chain) {
    const auto value = parse(entry.bytes);
    const bool holds = value && (*value)["sequence"].integer() == expected &&
                       entry.sequence == expected && entry.previous_hash == head &&
                       canonical(*value) == entry.bytes &&
                       entry.hash == chain_hash(head, entry.bytes, digests);
    if (!holds) return expected;
    head = entry.hash;
    ++expected;
  }
  return 0;
}

}  // namespace yimen::workflow
