#include "tests/persistence/mysql_faults.hpp"

#include "persistence/mysql/failure.hpp"

namespace yimen::persistence {

void ServerFaults::break_at(int nth, Moment moment, int code, bool is_lasting) {
  plan({{}, nth, moment, code, is_lasting});
}

void ServerFaults::break_call(mysql::Call call, int nth, Moment moment, int code) {
  plan({call, nth, moment, code, false});
}

void ServerFaults::repair() {
  const std::lock_guard lock(mutex_);
  plan_ = {};
}

bool ServerFaults::has_struck() const {
  const std::lock_guard lock(mutex_);
  return struck_;
}

void ServerFaults::plan(const Plan& plan) {
  const std::lock_guard lock(mutex_);
  plan_ = plan;
  struck_ = false;
}

void ServerFaults::pass(mysql::Call call, Moment moment) {
  const std::lock_guard lock(mutex_);
  if (plan_.left == 0 || plan_.moment != moment) return;
  if (plan_.call && *plan_.call != call) return;
  if (plan_.left > 1) {
    --plan_.left;
    return;
  }
  if (!plan_.is_lasting) plan_.left = 0;
  struck_ = true;
  throw mysql::Failure(plan_.code, "a fault of the test");
}

}  // namespace yimen::persistence
