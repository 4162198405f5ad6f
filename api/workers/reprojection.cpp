#include "api/workers/reprojection.hpp"

#include <algorithm>
#include <atomic>

#include "api/log.hpp"
#include "api/side_by_side.hpp"
#include "api/workers/system_actor.hpp"

namespace yimen::api {

namespace {

using persistence::Lease;
using workflow::Instant;
using workflow::Object;

constexpr int cases_in_look = 1'000;
// Longer than it takes all processes to take it up and to commit what they had in hand.
constexpr std::chrono::seconds settling{5};
constexpr std::chrono::seconds before_next_try{60};
// Ladders go on after expiry, in working days.
constexpr std::chrono::days ladder_reach{60};

}  // namespace

Turn Reprojection::look(const std::vector<Lease>& leases) {
  const Instant now = hand_.real_clock.now();
  if (const std::string digest = hand_.service.rulebook().calendar()->digest();
      digest != digest_) {
    digest_ = digest;
    begins_at_ = now + settling;
    is_projected_ = false;
    walk_.reset();
  }
  const bool has_it_in_hand = std::ranges::find(leases, 0, &Lease::shard) != leases.end();
  const bool waits = now < begins_at_ && begins_at_ <= now + before_next_try;
  if (is_projected_ || !has_it_in_hand || waits) return {};
  if (!walk_) walk_ = begin();
  if (!walk_) return {};
  Turn turn = look_at_some(*walk_);
  if (walk_->after.empty()) {
    end(*walk_);
    walk_.reset();
    turn.more = false;
  }
  return turn;
}

// Nothing where the dates are projected already, or cannot be told.
std::optional<Reprojection::Walk> Reprojection::begin() {
  const auto calendar = hand_.service.rulebook().calendar();
  const auto projected = calendar_projected(hand_.database);
  if (!projected) {
    log(LogLevel::warning, "calendar_not_read", {{"why", projected.error().detail}});
    return std::nullopt;
  }
  if (!*projected) return Walk{};
  is_projected_ = (*projected)->digest() == digest_;
  if (is_projected_) return std::nullopt;
  const auto differs_on = first_difference(**projected, *calendar);
  if (differs_on) return Walk{workflow::start_of(*differs_on) - ladder_reach, {}, false};
  end({});
  return std::nullopt;
}

Turn Reprojection::look_at_some(Walk& walk) {
  const auto found =
      hand_.database.deadlines().cases_due(walk.due_from, walk.after, cases_in_look);
  if (!found) {
    log(LogLevel::warning, "cases_not_read", {{"why", found.error().detail}});
    walk = {walk.due_from, {}, true};
    return {};
  }
  std::atomic<bool> has_failed{false};
  side_by_side(found->ids.size(), [&](std::size_t place) {
    if (!project(found->ids[place])) has_failed = true;
  });
  walk.has_failed = walk.has_failed || has_failed;
  walk.after = found->next;
  return {found->ids.size(), true, false};
}

// False where it is to be tried again. What is refused has nothing to move.
bool Reprojection::project(const std::string& case_id) {
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = case_id;
  submission.event = "recount_deadlines";
  submission.data = Object{{"ground", "calendar_loaded"}};
  const auto done = hand_.service.submit(system_actor(), submission);
  if (done) {
    ++hand_.counts.cases_projected;
    return true;
  }
  if (done.error().kind != ServiceFailureKind::store) return true;
  ++hand_.counts.failed;
  log(LogLevel::warning, "case_not_projected",
      {{"case", case_id}, {"why", done.error().store.detail}});
  return false;
}

void Reprojection::end(const Walk& walk) {
  const auto calendar = hand_.service.rulebook().calendar();
  const bool is_same = calendar->digest() == digest_;
  if (!walk.has_failed && is_same) {
    const auto noted = note_projected(hand_.database, *calendar);
    is_projected_ = noted.has_value();
  }
  if (!is_projected_) begins_at_ = hand_.real_clock.now() + before_next_try;
}

}  // namespace yimen::api
