// One case led through the API over real sockets, far enough for what a test wants to ask of it.
#pragma once

#include <string>

#include "tests/support/township_server.hpp"

namespace yimen::tests {

constexpr const char* digest_of_a_paper =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

// A key that no other request has.
[[nodiscard]] std::string fresh_key();

class TownshipCase {
 public:
  // Opened by the village's worker.
  explicit TownshipCase(TownshipServer& server, std::string village = "shili_1");

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] std::string path(std::string_view more = "") const {
    return "/v1/cases/" + id_ + std::string(more);
  }
  // As the station's clerk reads it.
  [[nodiscard]] workflow::Value look() const;
  [[nodiscard]] std::int64_t revision() const { return look()["revision"].integer(); }

  // Each throws unless the step is taken.
  workflow::Value take(const std::string& post_at_unit, const std::string& event,
                       const workflow::Object& members = {});
  workflow::Value put(const std::string& post_at_unit, const std::string& annotation,
                      const workflow::Object& members = {});

  TownshipCase& visited();
  TownshipCase& in_village_review();
  TownshipCase& reported_to_station();
  TownshipCase& assigned_to(const std::string& department);
  TownshipCase& with_withdrawal_proposed();

  // What a client would send.
  [[nodiscard]] workflow::Value transition(const std::string& event,
                                           const workflow::Object& members = {}) const;
  [[nodiscard]] workflow::Value annotation(const std::string& name,
                                           const workflow::Object& members = {}) const;

  // The facts with which a village's worker opens a case.
  [[nodiscard]] static workflow::Value opening(TownshipServer& server, const std::string& village);

 private:
  TownshipServer& server_;
  std::string village_;
  std::string id_;
};

}  // namespace yimen::tests
