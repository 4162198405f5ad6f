// Projects the dates of running clocks again once another calendar is in force: through the door,
// an entry for each case of which something moves. Whoever holds the first shard has it in hand.
#pragma once

#include <optional>
#include <string>

#include "api/workers/hand.hpp"

namespace yimen::api {

class Reprojection {
 public:
  explicit Reprojection(const Hand& hand) : hand_(hand) {}

  // Looks at the next cases where the calendar in force is not the one that dates were projected
  // with. Begins a while after it was seen first, when all processes count with it.
  // A crash loses the place: the cases before it have nothing to move any more.
  [[nodiscard]] Turn look(const std::vector<persistence::Lease>& leases);

 private:
  struct Walk {
    workflow::Instant due_from;  // dates before it are the same in both calendars
    std::string after;
    bool has_failed = false;
  };

  [[nodiscard]] std::optional<Walk> begin();
  [[nodiscard]] Turn look_at_some(Walk& walk);
  [[nodiscard]] bool project(const std::string& case_id);
  void end(const Walk& walk);

  const Hand& hand_;
  std::string digest_;     // of the calendar that was seen last
  workflow::Instant begins_at_;
  bool is_projected_ = false;
  std::optional<Walk> walk_;
};

}  // namespace yimen::api
