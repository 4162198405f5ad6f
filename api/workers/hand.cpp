#include "api/workers/hand.hpp"

#include <algorithm>

namespace yimen::api {

const persistence::Lease* lease_of(const std::vector<persistence::Lease>& leases,
                                   const std::string& case_id) {
  const auto found = std::ranges::find(leases, persistence::shard_of(case_id),
                                       &persistence::Lease::shard);
  return found != leases.end() ? &*found : nullptr;
}

std::vector<persistence::Notification> notifications_of(const Word& word,
                                                        const std::string& case_id,
                                                        const std::string& mark,
                                                        workflow::Instant at, const Mail* mail) {
  std::vector<persistence::Notification> rows;
  for (const std::string& address : word.addresses) {
    persistence::Notification row;
    row.case_id = case_id;
    row.mark = mark;
    row.address = address;
    row.code = word.code;
    row.params = workflow::canonical(word.params);
    row.created_at = at;
    row.by_mail = mail != nullptr && mail->reaches(address);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace yimen::api
