#include "persistence/mysql/committer.hpp"

#include <algorithm>
#include <semaphore>

#include "persistence/mysql/case_batch.hpp"

namespace yimen::persistence::mysql {

namespace {

constexpr std::size_t batch_size_max = rows_in_statement_max;
// So that no statement comes near the server's max_allowed_packet, 16 MB where nobody changed it.
constexpr std::size_t batch_bytes_max = 4'000'000;

std::size_t bytes_of(const CaseWrite& write) {
  std::size_t bytes = write.document.size() + write.request->entry.bytes.size();
  for (const SealedValue& value : write.request->personal) bytes += value.sealed.size();
  for (const std::string& details : write.effect_details) bytes += details.size();
  return bytes;
}

}  // namespace

struct Committer::Waiting {
  explicit Waiting(const CaseWrite& wanted) : write(&wanted), bytes(bytes_of(wanted)) {}

  // Alone: once more from fresh reads, and told from others by the hash of its entry.
  [[nodiscard]] Work work() const {
    return [this](Connection& connection) { return *write_together(connection, {&write, 1})[0]; };
  }
  [[nodiscard]] IsDone is_done() const {
    return [this](Connection& connection) { return is_written(connection, *write); };
  }

  const CaseWrite* write;
  std::size_t bytes;
  Verdict outcome;
  std::binary_semaphore answered{0};
};

Committer::Committer(Pool& pool, WriterCounts& counts, std::size_t threads)
    : pool_(pool), counts_(counts), transactions_(pool, counts) {
  for (std::size_t made = 0; made < threads; ++made) {
    queues_.push_back(std::make_unique<Queue>());
    Queue& queue = *queues_.back();
    queue.thread = std::thread([this, &queue] { serve(queue); });
  }
}

Committer::~Committer() {
  for (const auto& queue : queues_) {
    {
      const std::lock_guard lock(queue->mutex);
      queue->ends = true;
    }
    queue->wake.notify_one();
  }
  for (const auto& queue : queues_) queue->thread.join();
}

Result<void, StoreError> Committer::commit(const CaseWrite& write) {
  Waiting waiting(write);
  Queue& queue = *queues_[std::hash<std::string>{}(write.subject().id) % queues_.size()];
  {
    const std::lock_guard lock(queue.mutex);
    queue.waiting.push_back(&waiting);
  }
  queue.wake.notify_one();
  waiting.answered.acquire();
  return std::move(*waiting.outcome);
}

void Committer::tell(StoreCounts& counts) {
  for (const auto& queue : queues_) {
    const std::lock_guard lock(queue->mutex);
    counts.queued += queue->waiting.size();
  }
}

void Committer::serve(Queue& queue) {
  std::vector<Waiting*> batch;
  while (take(queue, batch)) {
    decide(batch);
    counts_.batch(batch.size());
    for (Waiting* waiting : batch) {
      counts_.outcome(*waiting->outcome);
      waiting->answered.release();
    }
  }
}

// False at the end, when nothing waits any more.
bool Committer::take(Queue& queue, std::vector<Waiting*>& batch) {
  batch.clear();
  std::unique_lock lock(queue.mutex);
  queue.wake.wait(lock, [&] { return queue.ends || !queue.waiting.empty(); });
  std::size_t bytes = 0;
  while (!queue.waiting.empty() && batch.size() < batch_size_max) {
    bytes += queue.waiting.front()->bytes;
    if (!batch.empty() && bytes > batch_bytes_max) break;
    batch.push_back(queue.waiting.front());
    queue.waiting.pop_front();
  }
  return !batch.empty();
}

// Gives every waiting write its outcome.
void Committer::decide(Batch batch) {
  const bool is_alone = batch.size() == 1;
  if (!is_alone && !try_together(batch)) {
    for (Waiting* waiting : batch) waiting->outcome.reset();
  }
  for (Waiting* waiting : batch) {
    if (!waiting->outcome) try_alone(*waiting);
  }
}

// False when the transaction failed before its commit: then nothing was written, and each is to be
// tried alone.
bool Committer::try_together(Batch batch) {
  std::vector<const CaseWrite*> writes;
  for (const Waiting* waiting : batch) writes.push_back(waiting->write);
  Phase phase = Phase::before_commit;
  try {
    const Pool::Lease connection = pool_.take();
    connection->begin();
    std::vector<Verdict> verdicts = write_together(*connection, writes);
    for (std::size_t place = 0; place < batch.size(); ++place) {
      batch[place]->outcome = std::move(verdicts[place]);
    }
    phase = Phase::at_commit;
    connection->commit();
    counts_.committed();
    return true;
  } catch (const Failure& failure) {
    counts_.failed();
    if (remedy_for(failure.code(), phase) != Remedy::resolve) return false;
    settle(batch, failure);
    return true;
  }
}

// The commit of all is in doubt. Those that were refused stay so: they were judged by what others
// had committed.
void Committer::settle(Batch batch, const Failure& failure) {
  for (Waiting* waiting : batch) {
    if (!waiting->outcome || !*waiting->outcome) continue;
    waiting->outcome =
        transactions_.resolve(waiting->work(), waiting->is_done(), failure);
  }
}

void Committer::try_alone(Waiting& waiting) {
  waiting.outcome = transactions_.run(waiting.work(), waiting.is_done());
}

}  // namespace yimen::persistence::mysql
