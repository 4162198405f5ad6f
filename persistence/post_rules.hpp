// What of PostRules an account's row would break, asked of whichever database it is to lie in.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "persistence/access_store.hpp"

namespace yimen::persistence {

// Each finds a row where it is so.
struct HolderQueries {
  std::string_view holds;          // by account and post: this active account does
  std::string_view another_holds;  // by post and account: another active one does
};

// Inside the transaction that is to write the row.
template <class Connection>
[[nodiscard]] std::optional<StoreError> why_against(const PostRules& rules, const AccountRow& row,
                                                    Connection& connection,
                                                    const HolderQueries& queries) {
  const auto will_hold = [&](const std::string& post) {
    return row.is_active && std::ranges::find(row.posts, post, &PostRow::post) != row.posts.end();
  };
  const auto another_holds = [&](const std::string& post) {
    return connection.prepared(queries.another_holds).query({post, row.id}).next();
  };
  const std::string& one = rules.held_by_one;
  if (!one.empty() && will_hold(one) && another_holds(one)) {
    return StoreError{StoreErrorKind::post_taken, "the post has a holder", {}};
  }
  const std::string& kept = rules.never_vacant;
  if (!kept.empty() && !will_hold(kept) &&
      connection.prepared(queries.holds).query({row.id, kept}).next() && !another_holds(kept)) {
    return StoreError{StoreErrorKind::post_vacated, "the post would have no holder", {}};
  }
  return std::nullopt;
}

}  // namespace yimen::persistence
