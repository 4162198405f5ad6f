// Faults between the store and its server: the n-th call fails before the server has heard of it,
// or after it has done what was asked.
#pragma once

#include <mutex>
#include <optional>

#include "persistence/mysql/faults.hpp"

namespace yimen::persistence {

class ServerFaults final : public mysql::Faults {
 public:
  enum class Moment { before, after };

  // The n-th call from now on fails with this error number, and all that follow if it is lasting.
  void break_at(int nth, Moment moment, int code, bool is_lasting = false);
  // Only the n-th call of this kind.
  void break_call(mysql::Call call, int nth, Moment moment, int code);
  void repair();
  [[nodiscard]] bool has_struck() const;

  void before(mysql::Call call) override { pass(call, Moment::before); }
  void after(mysql::Call call) override { pass(call, Moment::after); }

 private:
  struct Plan {
    std::optional<mysql::Call> call;  // any
    int left = 0;
    Moment moment = Moment::before;
    int code = 0;
    bool is_lasting = false;
  };

  void plan(const Plan& plan);
  void pass(mysql::Call call, Moment moment);

  mutable std::mutex mutex_;
  Plan plan_;
  bool struck_ = false;
};

}  // namespace yimen::persistence
