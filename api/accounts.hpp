// Accounts and the posts they hold. Several processes may share one database: what they must agree
// upon is judged by the store, and what others changed is known here within a second.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/clock.hpp"
#include "api/http/conditional.hpp"
#include "api/http/exchange.hpp"
#include "api/ids.hpp"
#include "definitions/organisation.hpp"
#include "persistence/store.hpp"
#include "workflow/form.hpp"

namespace yimen::api {

struct NewAccount {
  std::string name;
  std::string display_name;
  std::string password;
  std::vector<persistence::PostRow> posts;
  bool must_change_password = false;  // at the first log-in
};

// Absent members stay as they are.
struct AccountChange {
  std::optional<std::string> display_name;
  std::optional<std::string> password;
  std::optional<bool> must_change_password;
  std::optional<bool> is_active;
  std::optional<std::vector<persistence::PostRow>> posts;
};

class Accounts {
 public:
  using Row = persistence::AccountRow;

  // All of them must outlive the accounts.
  Accounts(persistence::AccountStore& store, const definitions::Organisation& organisation,
           const Clock& clock, IdSource& ids);

  // form_invalid with all findings; already_known where the name is taken, unless everything is as
  // asked for (the same request again); conflict where a post has its only holder.
  // A key that was used for another account is refused; its digest leaves the password out.
  [[nodiscard]] Result<Row, http::Problem> add(
      const NewAccount& wanted, const std::optional<persistence::IdempotencyKey>& key = {});
  // stale_revision when `expected` does not name the account as it is. A new password or a
  // deactivation ends the account's sessions.
  [[nodiscard]] Result<Row, http::Problem> change(const std::string& id,
                                                  const AccountChange& wanted,
                                                  const http::EntityTags& expected);
  // The holder's own choice, whatever they had to choose: form_invalid where it is unfit or the one
  // that they have. Ends the account's tokens, and its sessions but for this one.
  [[nodiscard]] Result<void, http::Problem> choose_password(Row row, const std::string& password,
                                                            const std::string& session);
  [[nodiscard]] Result<Row, http::Problem> account(const std::string& id) const;
  // In the order of their ids, after one of them.
  [[nodiscard]] Result<std::vector<Row>, http::Problem> list(const std::string& after,
                                                             int limit) const;

  // All that may log in.
  [[nodiscard]] Result<std::vector<Row>, http::Problem> active() const;

  // The account's posts as far as the organisation knows them, with their levels.
  [[nodiscard]] std::vector<http::Post> posts_of(const Row& row) const;
  // Grows with every change, so that what was read before can be told from what is read after. Asks
  // the store at most once a second whether other processes have changed anything.
  [[nodiscard]] std::uint64_t changes();
  // Of what an account may do, made elsewhere in this process: a delegation, for one.
  void note_change() { ++changes_; }

  // What If-Match must name, without quotes.
  [[nodiscard]] static std::string tag(const Row& row);

 private:
  [[nodiscard]] std::vector<workflow::Finding> post_findings(
      const std::vector<persistence::PostRow>& posts) const;
  [[nodiscard]] Result<Row, http::Problem> same_as_before(const NewAccount& wanted) const;
  [[nodiscard]] Result<void, http::Problem> keep(Row& row,
                                                 const std::optional<std::string>& ends_all_but);

  persistence::AccountStore& store_;
  const definitions::Organisation& organisation_;
  const Clock& clock_;
  IdSource& ids_;
  std::atomic<std::uint64_t> changes_{0};
  std::mutex mutex_;
  std::int64_t number_ = 0;  // of the store's changes, as last read
  workflow::Instant asked_at_;
};

}  // namespace yimen::api
