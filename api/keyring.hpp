// Keys and ciphers: everything cryptographic that the API needs, behind one door. Keys live in a
// file outside the database; personal values are sealed under a key per person, which is itself
// wrapped by the file's key, so that destroying one key erases one person.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "workflow/journal.hpp"

namespace yimen::api {

class Keyring {
 public:
  // Reads the key file (64 hexadecimal digits, mode 0600), or makes it where it does not exist. The
  // refusal is a sentence.
  static Result<Keyring, std::string> open(const std::string& path);

  // SHA-256 and HMAC-SHA-256 for the journal.
  [[nodiscard]] static workflow::Digests digests();

  // A fresh person's key, wrapped for the database (AES-256-GCM, the person's id as associated
  // data).
  [[nodiscard]] std::string new_person_key(std::string_view person) const;
  // AES-256-GCM under the person's own key; `place` (table, row and column) is authenticated too,
  // so that a sealed value cannot be moved elsewhere: `v1:key id:nonce:ciphertext:tag`, base64url.
  // Throws std::runtime_error when the person's key cannot be unwrapped.
  [[nodiscard]] std::string seal(std::string_view wrapped_key, std::string_view person,
                                 std::string_view place, std::string_view text) const;
  // Nothing when the key is gone or anything was altered.
  [[nodiscard]] std::optional<std::string> unseal(std::string_view wrapped_key,
                                                  std::string_view person, std::string_view place,
                                                  std::string_view sealed) const;
  // Keyed hashes for equality search, hexadecimal; other names give unrelated hashes.
  [[nodiscard]] std::string index(std::string_view name, std::string_view text) const;

  // Names the key file's key without telling it: a database that remembers this notices a wrong
  // or newly made key before anything is sealed under it.
  [[nodiscard]] std::string fingerprint() const;

 private:
  Keyring() = default;
  std::string wrapping_key_;
  std::string index_key_;
};

// argon2id (RFC 9106) as a PHC string; t=2, m=46 MiB, p=1. At most two at a time in the process.
[[nodiscard]] std::string hash_password(const std::string& password);
// Takes as long for a wrong password, and for an empty hash (an unknown account).
[[nodiscard]] bool is_password(const std::string& hash, const std::string& password);

}  // namespace yimen::api
