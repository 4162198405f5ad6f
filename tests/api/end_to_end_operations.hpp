// Every operation that asks who is there, as a request about one's own, another's or nobody's.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>

#include "tests/support/township_case.hpp"

namespace yimen::tests {

// Their own: village shili_1, department civil_affairs_office; another's: shili_2 and
// social_security_office.
enum class Whose { own, other, unknown };

class TwoVillages {
 public:
  TwoVillages();

  // A case in its department; the same with a withdrawal that waits for signatures.
  std::string assigned(Whose whose);
  std::string waiting(Whose whose);
  [[nodiscard]] const std::string& person(Whose whose) const {
    return people_[static_cast<std::size_t>(whose)];
  }
  [[nodiscard]] const std::string& house(Whose whose) const {
    return houses_[static_cast<std::size_t>(whose)];
  }
  [[nodiscard]] const std::string& user() const { return user_; }
  int next_order() { return ++order_; }

  TownshipServer server;

 private:
  std::array<std::string, 3> people_{"", "", std::string(unknown_id)};
  std::array<std::string, 3> houses_{"", "", std::string(unknown_id)};
  std::string user_;
  int order_ = 700;
};

using Operation = std::function<Answer(Client&, Whose)>;

void add_station_operations(TwoVillages& town, std::map<std::string, Operation>& operations);

// Route name -> its operation. The township must outlive them.
[[nodiscard]] std::map<std::string, Operation> all_operations(TwoVillages& town);

}  // namespace yimen::tests
