// A township office with workers that act when told, and what they leave.
#pragma once

#include "api/workers/workers.hpp"
#include "tests/api/casework_sample.hpp"

namespace yimen::tests {

struct WorkedCasework : Casework {
  using Casework::Casework;

  FrozenClock wall{"2026-03-02T01:00:00Z"};  // of leases
  api::Workers workers{*database, service, clock, wall, ids};

  void set_clock(const std::string& instant) {
    clock.pass(workflow::instant_from(instant).value() - clock.now());
  }
  // It is then, and what is due has acted.
  void on(const std::string& instant) {
    set_clock(instant);
    workers.sweep();
  }
  // Codes of what the address was told, the latest first.
  [[nodiscard]] std::vector<std::string> told(const std::string& address) const {
    std::vector<std::string> codes;
    persistence::NotificationQuery query{{address}, "somebody", false, 0, 200};
    const auto rows = database->notifications().notifications(query);
    for (const auto& row : rows.value()) codes.push_back(row.code);
    return codes;
  }
  // How many of the case's entries bear the name.
  [[nodiscard]] int entries(const std::string& id, const std::string& event) const {
    int count = 0;
    const auto journal = database->cases().journal(id, 0, 1'000);
    for (const auto& sealed : journal.value()) {
      const auto entry = workflow::entry_from(*workflow::parse(sealed.bytes));
      if (entry.event == event) ++count;
    }
    return count;
  }
};

}  // namespace yimen::tests
