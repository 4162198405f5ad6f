#include "persistence/sqlite/writer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <semaphore>

#include "persistence/sqlite/queries.hpp"

namespace yimen::persistence::sqlite {

namespace {

constexpr std::size_t batch_size_max = 64;
constexpr int log_pages_max = 32768;  // 128 MB; then the log is copied into the database
constexpr int log_pages_long = 4 * log_pages_max;

int remember_log_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

struct Writer::Waiting {
  explicit Waiting(const Work& wanted) : work(wanted) {}

  const Work& work;
  Result<void, StoreError> outcome;
  std::binary_semaphore answered{0};
};

Writer::Writer(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {
  sqlite3_wal_hook(connection_->handle(), remember_log_pages, &log_pages_);
  thread_ = std::thread([this] { serve(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Result<void, StoreError> Writer::run(const Work& work) {
  Waiting waiting(work);
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(&waiting);
  }
  wake_.notify_one();
  waiting.answered.acquire();
  return std::move(waiting.outcome);
}

std::string Writer::stopped_reason() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void Writer::tell(StoreCounts& counts) {
  counts_.tell(counts);
  const std::lock_guard lock(mutex_);
  counts.queued = queue_.size();
  counts.writing_stopped = !stopped_.empty();
}

void Writer::serve() {
  std::vector<Waiting*> batch;
  while (take(batch)) {
    decide(batch);
    counts_.batch(batch.size());
    for (Waiting* waiting : batch) {
      counts_.outcome(waiting->outcome);
      waiting->answered.release();
    }
    checkpoint();
  }
}

// False at the end, when nothing waits any more.
bool Writer::take(std::vector<Waiting*>& batch) {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return ends_ || !queue_.empty(); });
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_size_max));
  batch.assign(queue_.begin(), queue_.begin() + count);
  queue_.erase(queue_.begin(), queue_.begin() + count);
  return !batch.empty();
}

// Gives every waiting request its outcome.
void Writer::decide(Batch batch) {
  const auto refuse_all = [&](const std::string& reason) {
    for (Waiting* waiting : batch) {
      waiting->outcome = refuse(StoreError{StoreErrorKind::unavailable, reason, {}});
    }
  };
  if (const std::string reason = stopped_reason(); !reason.empty()) {
    if (is_damaged_ || !probe()) return refuse_all(reason);
    resume();
  }
  if (try_together(batch)) return;
  for (std::size_t place = 0; place < batch.size(); ++place) {
    if (const std::string reason = stopped_reason(); !reason.empty()) {
      batch = batch.subspan(place);
      return refuse_all(reason);
    }
    try_together(batch.subspan(place, 1));
  }
}

// False when the transaction failed for a reason of one of several requests: then nothing was
// written, and each is to be tried alone.
bool Writer::try_together(Batch batch) {
  try {
    connection_->prepared(begin_immediate).execute({});
    for (Waiting* waiting : batch) waiting->outcome = waiting->work(*connection_);
  } catch (const std::exception& error) {
    const Failure failure = failure_from(error, connection_->handle());
    roll_back();
    counts_.failed();
    if (failure.is_of_disk()) stop(failure);
    if (!failure.is_of_disk() && batch.size() > 1) return false;
    for (Waiting* waiting : batch) waiting->outcome = refuse(store_error(failure));
    return true;
  }
  return commit(batch);
}

// A commit that fails leaves its frames in the log, where a recovery might find them whole. The
// next commit overwrites them, so a probe that succeeds settles that nothing was written.
bool Writer::commit(Batch batch) {
  try {
    connection_->prepared(commit_transaction).execute({});
    counts_.committed();
    return true;
  } catch (const std::exception& error) {
    const Failure failure = failure_from(error, connection_->handle());
    roll_back();
    counts_.failed();
    if (failure.is_of_disk()) stop(failure);
    const bool is_settled = !is_damaged_ && probe();
    if (!is_settled) stop(failure);
    for (Waiting* waiting : batch) {
      const auto kind =
          is_settled ? StoreErrorKind::unavailable : StoreErrorKind::outcome_unknown;
      waiting->outcome = refuse(StoreError{kind, failure.what(), {}});
    }
    return true;
  }
}

bool Writer::probe() {
  try {
    connection_->execute(std::string(write_probe));
    return true;
  } catch (const Failure&) {
    roll_back();
    return false;
  }
}

void Writer::roll_back() {
  if (sqlite3_get_autocommit(connection_->handle()) != 0) return;
  if (sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr) != SQLITE_OK) {
    is_damaged_ = true;
    stop(last_failure(connection_->handle()));
  }
}

// After the answers, so that nobody waits for it. Readers of old snapshots keep the log from being
// begun anew; once it has grown too long, new readers have to wait a moment for that.
void Writer::checkpoint() {
  if (log_pages_ < log_pages_max) checkpoint_due_ = log_pages_max;
  if (log_pages_ < checkpoint_due_) return;
  const int mode = log_pages_ < log_pages_long ? SQLITE_CHECKPOINT_PASSIVE
                                               : SQLITE_CHECKPOINT_RESTART;
  checkpoint_due_ = log_pages_ + log_pages_max;
  const int code =
      sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, mode, nullptr, nullptr);
  const Failure failure(code, "checkpoint: " + std::string(sqlite3_errstr(code)));
  if (failure.is_of_disk()) stop(failure);
}

void Writer::stop(const Failure& failure) {
  is_damaged_ = is_damaged_ || failure.is_of_content();
  const std::lock_guard lock(mutex_);
  stopped_ = std::string("Writing is stopped: ") + failure.what() +
             (is_damaged_ ? ". Check the disk and restart; restore a backup if that fails."
                          : ". Free the disk; writing goes on by itself.");
}

void Writer::resume() {
  const std::lock_guard lock(mutex_);
  stopped_.clear();
}

}  // namespace yimen::persistence::sqlite
