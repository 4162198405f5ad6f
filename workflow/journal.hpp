// The hash chain of a case's journal. An entry is stored as the canonical bytes that were hashed:
// hash = H(format ‖ algorithm ‖ previous hash ‖ bytes), the first entry's previous hash empty.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/entry.hpp"

namespace yimen::workflow {

// Digest functions are handed in, so that the engine needs no cryptographic library.
struct Digests {
  std::string algorithm;  // "sha256"
  std::function<std::string(std::string_view)> hash;  // 32 raw bytes
  std::function<std::string(std::string_view key, std::string_view text)> hmac;
};

// One personal value as it is stored beside the journal. The entry holds HMAC(salt, pointer ‖
// value), so the value can be proved and erased without touching the chain.
struct PersonalValue {
  std::string pointer;
  std::string salt;   // 16 raw bytes
  std::string value;  // canonical bytes
  bool operator==(const PersonalValue&) const = default;
};

struct SealedEntry {
  std::int64_t sequence = 0;
  std::string bytes;
  std::string previous_hash;  // 32 raw bytes, empty for the first
  std::string hash;           // 32 raw bytes
  bool operator==(const SealedEntry&) const = default;
};

struct Sealing {
  SealedEntry entry;
  std::vector<PersonalValue> personal;
};

// Fills the entry's digests from the personal values and closes the chain over its bytes. `salt` is
// random, made with the command; each value's own salt is derived from it.
[[nodiscard]] Sealing seal(Entry entry, const std::vector<std::pair<std::string, Value>>& personal,
                           std::string_view salt, std::string_view previous_hash,
                           const Digests& digests);

// The first sequence at which a case's chain is broken (bytes, order, gap or link); 0 when whole.
// A chain cut at its end is whole: only an outside anchor shows that.
[[nodiscard]] std::int64_t first_broken(const std::vector<SealedEntry>& chain,
                                        const Digests& digests);

}  // namespace yimen::workflow
