// Many transitions in one request. Each item goes through the door by itself: what one is refused
// does not hold up the others.
#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/case_service.hpp"

namespace yimen::api {

// What became of one item, or would have.
struct BatchResult {
  std::string case_id;
  int status = 200;
  std::int64_t sequence = 0;  // of the case, as the entry left it; 0 in a dry run
  std::int64_t revision = 0;
  std::optional<http::Problem> problem;
  std::optional<workflow::Case> outcome{};  // of a rehearsal: the case as the step would leave it
};

struct Batch {
  std::string id;
  std::vector<BatchResult> results;  // in the order of the items
};

class Batches {
 public:
  // All of them must outlive the batches.
  Batches(CaseService& service, persistence::BatchStore& store, const Clock& clock, IdSource& ids)
      : service_(service), store_(store), clock_(clock), ids_(ids) {}

  // Each item against its case as it stands now, the others aside. Changes nothing.
  [[nodiscard]] std::vector<BatchResult> rehearse(const http::Principal& principal,
                                                  const std::vector<Submission>& items);
  // Items of one case in their order, cases side by side, so that their commits share a
  // transaction. Each item has a key of its own, made of the batch's and its place: after a failure
  // in between, the same request goes on where it was cut. The same request again gets the same
  // answer, unless an item could not be served; that one is tried again. request_in_progress while
  // the first is being answered.
  [[nodiscard]] Result<Batch, http::Problem> run(const http::Principal& principal,
                                                 std::vector<Submission> items,
                                                 const persistence::IdempotencyKey& key);

 private:
  [[nodiscard]] BatchResult submit(const http::Principal& principal, const Submission& item);
  [[nodiscard]] Result<Batch, http::Problem> answer(const http::Principal& principal,
                                                    std::vector<Submission> items,
                                                    const persistence::IdempotencyKey& key);
  [[nodiscard]] Result<Batch, http::Problem> finish(Batch batch);

  CaseService& service_;
  persistence::BatchStore& store_;
  const Clock& clock_;
  IdSource& ids_;
  std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> running_;  // principal and key
};

}  // namespace yimen::api
