#include "persistence/mysql/transactions.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <thread>

namespace yimen::persistence::mysql {

namespace {

using std::chrono::milliseconds;

constexpr int tries_max = 5;
constexpr milliseconds in_all_max{2'000};
constexpr milliseconds first_pause{10};

// Full jitter: whoever collided does not collide again.
void pause(int attempt) {
  thread_local std::minstd_rand chance{std::random_device{}()};
  const auto longest = first_pause.count() << attempt;
  std::this_thread::sleep_for(
      milliseconds(std::uniform_int_distribution<std::int64_t>(0, longest)(chance)));
}

StoreError unavailable(std::string what) {
  return {StoreErrorKind::unavailable, std::move(what), {}};
}

}  // namespace

// One try, and what the tries before it leave to it.
struct Transactions::Attempt {
  const Work& work;
  const IsDone& is_done;
  bool is_in_doubt = false;  // an earlier commit may have happened, or may still
  std::optional<Result<void, StoreError>> outcome;
  Remedy remedy = Remedy::repeat;
  StoreError last;

  [[nodiscard]] bool is_settled(Connection& connection) const {
    return is_in_doubt && is_done(connection);
  }
};

void Transactions::once(Attempt& attempt) {
  Phase phase = Phase::before_commit;
  try {
    const Pool::Lease connection = pool_.take();
    if (attempt.is_settled(*connection)) {
      attempt.outcome.emplace();
      return;
    }
    connection->begin();
    Result<void, StoreError> outcome = attempt.work(*connection);
    if (!outcome) {
      connection->roll_back();
      // The doubtful commit may have come late, and be what the work ran into.
      if (attempt.is_settled(*connection)) outcome = {};
      attempt.outcome = std::move(outcome);
      return;
    }
    phase = Phase::at_commit;
    connection->commit();
    counts_.committed();
    attempt.outcome.emplace();
  } catch (const Failure& failure) {
    counts_.failed();
    attempt.remedy = remedy_for(failure.code(), phase);
    attempt.last = store_error(failure, attempt.remedy);
  }
}

Result<void, StoreError> Transactions::try_often(const Work& work, const IsDone& is_done,
                                                 bool is_in_doubt, StoreError last) {
  const auto begun = std::chrono::steady_clock::now();
  Attempt attempt{work, is_done, is_in_doubt, {}, Remedy::repeat, std::move(last)};
  bool is_judged_anew = false;
  for (int tries = 0; tries < tries_max; ++tries) {
    if (tries > 0) pause(tries - 1);
    once(attempt);
    if (attempt.outcome) return std::move(*attempt.outcome);
    if (attempt.remedy == Remedy::give_up || attempt.remedy == Remedy::refuse) break;
    if (attempt.remedy == Remedy::judge_anew && std::exchange(is_judged_anew, true)) break;
    if (attempt.remedy == Remedy::resolve) {
      attempt.is_in_doubt = true;
      if (!is_done) break;
    }
    if (std::chrono::steady_clock::now() - begun > in_all_max) break;
  }
  if (attempt.is_in_doubt) attempt.last.kind = StoreErrorKind::outcome_unknown;
  return refuse(std::move(attempt.last));
}

Result<void, StoreError> Transactions::run(const Work& work, const IsDone& is_done) {
  return try_often(work, is_done, false, unavailable("not tried"));
}

Result<void, StoreError> Transactions::run_repeatable(const Work& work) {
  return run(work, [](Connection&) { return false; });
}

Result<void, StoreError> Transactions::resolve(const Work& work, const IsDone& is_done,
                                               const Failure& failure) {
  return try_often(work, is_done, true, store_error(failure, Remedy::resolve));
}

Result<void, StoreError> Transactions::read(const std::function<void(Connection&)>& query) {
  reads_.fetch_add(1, std::memory_order_relaxed);
  StoreError last = unavailable("not tried");
  for (int tries = 0; tries < tries_max; ++tries) {
    if (tries > 0) pause(tries - 1);
    try {
      const Pool::Lease connection = pool_.take();
      query(*connection);
      return {};
    } catch (const Failure& failure) {
      const Remedy remedy = remedy_for(failure.code(), Phase::before_commit);
      last = unavailable(store_error(failure, remedy).detail);
      if (remedy != Remedy::repeat && remedy != Remedy::reconnect) break;
    }
  }
  return refuse(std::move(last));
}

}  // namespace yimen::persistence::mysql
