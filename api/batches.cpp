#include "api/batches.hpp"

#include <algorithm>
#include <map>

#include "api/answers.hpp"
#include "api/batch_records.hpp"
#include "api/case_problems.hpp"
#include "api/side_by_side.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::StoreErrorKind;

BatchResult refused(const Submission& item, const ServiceFailure& failure) {
  Problem problem = problem_of(failure);
  return {item.case_id, http::status(problem.code), 0, 0, std::move(problem)};
}

// 202: it waits for signatures.
int status_of(const Committed& committed) {
  return committed.kind == workflow::EntryKind::proposal ? 202 : 200;
}

// The places of the items of each case, in their order.
std::vector<std::vector<std::size_t>> by_case(const std::vector<Submission>& items) {
  std::map<std::string, std::vector<std::size_t>> cases;
  for (std::size_t place = 0; place < items.size(); ++place) {
    cases[items[place].case_id].push_back(place);
  }
  std::vector<std::vector<std::size_t>> groups;
  for (auto& [id, places] : cases) groups.push_back(std::move(places));
  return groups;
}

}  // namespace

std::vector<BatchResult> Batches::rehearse(const http::Principal& principal,
                                           const std::vector<Submission>& items) {
  std::vector<BatchResult> results;
  for (const Submission& item : items) {
    auto may = service_.rehearse(principal, item);
    results.push_back(may ? BatchResult{item.case_id, status_of(*may), 0, 0, {},
                                        std::move(may->subject)}
                          : refused(item, may.error()));
  }
  return results;
}

Result<Batch, Problem> Batches::run(const http::Principal& principal,
                                    std::vector<Submission> items,
                                    const persistence::IdempotencyKey& key) {
  const std::pair name(key.principal, key.key);
  {
    const std::lock_guard lock(mutex_);
    if (!running_.insert(name).second) {
      return refuse(Problem{.code = ProblemCode::request_in_progress});
    }
  }
  struct End {
    ~End() {
      const std::lock_guard lock(batches.mutex_);
      batches.running_.erase(name);
    }
    Batches& batches;
    const std::pair<std::string, std::string>& name;
  };
  const End end{*this, name};
  return answer(principal, std::move(items), key);
}

Result<Batch, Problem> Batches::answer(const http::Principal& principal,
                                       std::vector<Submission> items,
                                       const persistence::IdempotencyKey& key) {
  Batch batch{ids_.uuid(clock_.now()), {}};
  const auto begun = store_.begin_batch({batch.id, key, {}, clock_.now()});
  if (!begun && begun.error().kind != StoreErrorKind::repeated) {
    return refuse(store_problem(begun.error()));
  }
  if (!begun) {
    batch.id = begun.error().earlier->subject_id;
    const auto earlier = store_.batch(batch.id);
    if (!earlier) return refuse(store_problem(earlier.error()));
    if (earlier->results) return Batch{batch.id, batch_results_from(*earlier->results)};
  }
  for (std::size_t place = 0; place < items.size(); ++place) {
    // No key of a request holds a space: see parse_idempotency_key.
    items[place].idempotency = {key.principal, key.key + " item " + std::to_string(place),
                                key.request_digest};
  }
  batch.results.resize(items.size());
  const auto groups = by_case(items);
  side_by_side(groups.size(), [&](std::size_t group) {
    for (const std::size_t place : groups[group]) {
      batch.results[place] = submit(principal, items[place]);
    }
  });
  return finish(std::move(batch));
}

// What could not be served for a reason of ours is no answer to keep.
Result<Batch, Problem> Batches::finish(Batch batch) {
  const bool is_final = std::ranges::none_of(
      batch.results, [](const BatchResult& result) { return result.status >= 500; });
  if (!is_final) return batch;
  const auto kept = store_.finish_batch(batch.id, text_of(batch.results));
  if (!kept) return refuse(store_problem(kept.error()));
  return batch;
}

BatchResult Batches::submit(const http::Principal& principal, const Submission& item) {
  const auto committed = service_.submit(principal, item);
  if (!committed) return refused(item, committed.error());
  return {item.case_id, status_of(*committed), committed->subject.sequence,
          committed->subject.revision, {}};
}

}  // namespace yimen::api
