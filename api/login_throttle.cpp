#include "api/login_throttle.hpp"

#include <algorithm>

#include "definitions/digest.hpp"

namespace yimen::api {

namespace {

using persistence::Tally;
using std::chrono::milliseconds;
using std::chrono::seconds;
using workflow::Instant;
using Wait = std::optional<seconds>;

constexpr std::int64_t burst = 20;
constexpr milliseconds per_attempt = seconds(6);

// A million slots for names and as many for addresses: what was typed is not told by its slot, and
// a flood cannot fill the store. Two of an office meet in one slot by a rare chance, and then share
// it; at the pace of password hashing no crowd of wrong names fills many slots with five.
std::string slot_of(std::string_view kind, const std::string& text) {
  constexpr std::size_t digits = 5;
  return std::string(kind) + definitions::sha256_hex(text).substr(0, digits);
}
std::string slot_of_name(const std::string& name) { return slot_of("name-", name); }
std::string slot_of_address(const std::string& address) { return slot_of("address-", address); }

seconds until(Instant at, Instant now) {
  return std::max(seconds(1), std::chrono::ceil<seconds>(at - now));
}

// A bucket's tally: milliseconds of attempts that it holds, and when it was last filled.
Wait take(Tally& bucket, Instant now) {
  constexpr std::int64_t full = burst * per_attempt.count();
  const auto passed = std::clamp<std::int64_t>((now - bucket.at) / milliseconds(1), 0, full);
  bucket = {std::min(full, bucket.value + passed), std::max(bucket.at, now)};
  if (bucket.value < per_attempt.count()) {
    return std::chrono::ceil<seconds>(per_attempt - milliseconds(bucket.value));
  }
  bucket.value -= per_attempt.count();
  return std::nullopt;
}

Wait fail(Tally& failures, Instant now) {
  if (now >= failures.at + login_lock) failures.value = 0;
  if (failures.value >= login_failures_max) return until(failures.at + login_lock, now);
  failures = {failures.value + 1, now};
  return std::nullopt;
}

}  // namespace

Result<Wait, persistence::StoreError> LoginThrottle::begin(const std::string& name,
                                                           const std::string& address,
                                                           Instant now) {
  Wait wait;
  const auto counted = store_.change_tallies(
      {slot_of_address(address), slot_of_name(name)}, [&](std::vector<Tally>& tallies) {
        for (Tally& tally : tallies) {
          // Of a clock that has been put back since.
          if (tally.at > now + login_lock) tally = {};
        }
        wait = take(tallies.front(), now);
        if (!wait) wait = fail(tallies.back(), now);
      });
  if (!counted) return refuse(counted.error());
  return wait;
}

void LoginThrottle::succeeded(const std::string& name, const std::string& address) {
  (void)store_.change_tallies(
      {slot_of_address(address), slot_of_name(name)}, [](std::vector<Tally>& tallies) {
        tallies.front().value += per_attempt.count();
        tallies.back().value = 0;
      });
}

void LoginThrottle::forget(const std::string& name) {
  (void)store_.change_tallies({slot_of_name(name)},
                              [](std::vector<Tally>& tallies) { tallies.front().value = 0; });
}

}  // namespace yimen::api
