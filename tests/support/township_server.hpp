// The whole program behind a real socket on a free port: temporary sample database, frozen clock,
// accounts of every post, people. What `serve` builds, without its command line.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/accounts.hpp"
#include "api/audit_log.hpp"
#include "api/authentication.hpp"
#include "api/case_service.hpp"
#include "api/http/server.hpp"
#include "api/routes.hpp"
#include "tests/support/client.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace yimen::tests {

// A post in a unit, as "village_worker@shili_1".
struct Staff {
  std::string account;
  std::string token;
};

constexpr std::string_view frozen_at = "2026-03-02T01:00:00.000Z";  // a Monday, nine in Shanghai
constexpr std::string_view unknown_id = "01920000-0000-7000-8000-00000000dead";

class TownshipServer {
 public:
  explicit TownshipServer(bool is_sample = true);
  ~TownshipServer();
  TownshipServer(const TownshipServer&) = delete;
  TownshipServer& operator=(const TownshipServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const std::vector<api::http::Route>& routes() const { return router_->routes(); }
  [[nodiscard]] api::http::ServerCounts counts() const { return server_->counts(); }
  [[nodiscard]] const api::Rulebook& rulebook() const { return rulebook_; }

  // The holder of a post, made when first asked for.
  const Staff& staff(const std::string& post_at_unit);
  // A further account with these posts and a session; with a password where one is given.
  Staff add_staff(const std::string& name, const std::vector<persistence::PostRow>& posts,
                  const std::string& password = {});
  // A connection of the holder's own, answered in English.
  Client client(const std::string& post_at_unit);
  Client client_of(const Staff& staff) const;
  [[nodiscard]] Client nobody() const;

  // A registered person of a village; the same one with their household.
  std::string person(const std::string& village);
  std::pair<std::string, std::string> household(const std::string& village);

  // A body that an action's form is content with, with these members in place of the example's.
  [[nodiscard]] workflow::Value form(const std::string& name, const std::string& state,
                                     const workflow::Object& members = {}) const;

  // How many rows each table holds that a request could write to.
  [[nodiscard]] std::map<std::string, std::int64_t> rows() const;
  [[nodiscard]] std::int64_t journal_length() const { return rows().at("journal"); }
  void move_clock(std::string_view to);
  // What is due now, and what entries left to be done, is done.
  void sweep() { workers_.sweep(); }
  [[nodiscard]] std::string now() const { return workflow::to_text(clock_.now()); }

 private:
  TemporaryFolder folder_;
  const api::Rulebook& rulebook_;
  api::Keyring keyring_;
  TestDatabase database_;
  std::unique_ptr<api::AuditFile> audit_file_;
  api::StoredAuditLog audit_log_;
  api::SystemClock real_clock_;
  api::SampleClock clock_;
  api::RandomIds ids_;
  api::Accounts accounts_;
  api::Authentication authentication_;
  api::CaseService service_;
  api::Workers workers_;  // who act when told only
  api::LiveFeed feed_;
  api::Resources resources_;
  std::unique_ptr<api::http::Router> router_;
  std::unique_ptr<api::http::Server> server_;
  std::map<std::string, Staff> staff_;
  int people_ = 0;
};

// An identity number of nobody (area code 999999), always the same for the same order.
[[nodiscard]] std::string identity_number(int order);

}  // namespace yimen::tests
