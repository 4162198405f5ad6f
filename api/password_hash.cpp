#include <sodium.h>

#include <semaphore>
#include <stdexcept>

#include "api/keyring.hpp"

namespace yimen::api {

namespace {

constexpr std::size_t memory_bytes = std::size_t{46} * 1024 * 1024;
constexpr unsigned long long passes = 2;

// Of no password: what an unknown account's is compared with, at the same cost.
constexpr const char* nobodys_hash =
    "$argon2id$v=19$m=47104,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

// 46 MiB each: without a bound a crowd at the door would take all memory.
class Place {
 public:
  Place() { places().acquire(); }
  ~Place() { places().release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  static std::counting_semaphore<2>& places() {
    static std::counting_semaphore<2> two(2);
    return two;
  }
};

void start_library() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw std::runtime_error("the library for passwords cannot start");
}

}  // namespace

std::string hash_password(const std::string& password) {
  start_library();
  const Place place;
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), passes, memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("no memory to hash a password");
  }
  return text;
}

bool is_password(const std::string& hash, const std::string& password) {
  start_library();
  const Place place;
  const std::string& compared = hash.empty() ? nobodys_hash : hash;
  const bool matches =
      crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
  return matches && !hash.empty();
}

}  // namespace yimen::api
