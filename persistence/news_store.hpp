// The contract of every store for those who listen: which cases have moved, in an order in which
// nothing comes late, and who has been told something.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "persistence/store_error.hpp"

namespace yimen::persistence {

// An entry of a journal, for whoever may see the case.
struct CaseNews {
  std::int64_t place = 0;  // whatever can be seen later has a greater one
  std::string case_id;
  std::int64_t sequence = 0;       // of the entry
  std::int64_t revision = 0;       // of the case as it is now
  std::vector<std::string> units;  // who may see it
  bool operator==(const CaseNews&) const = default;
};

struct Told {
  std::int64_t place = 0;  // of the notification; one that was begun earlier may come after others
  std::string address;
  bool operator==(const Told&) const = default;
};

class NewsStore {
 public:
  virtual ~NewsStore() = default;
  // Of the latest entry; 0 where there is none.
  [[nodiscard]] virtual Result<std::int64_t, StoreError> latest_entry() = 0;
  // Entries of the jurisdiction after a place, the oldest first.
  [[nodiscard]] virtual Result<std::vector<CaseNews>, StoreError> entries_after(std::int64_t place,
                                                                                int limit) = 0;
  // Of the latest notification; 0 where there is none.
  [[nodiscard]] virtual Result<std::int64_t, StoreError> latest_told() = 0;
  [[nodiscard]] virtual Result<std::vector<Told>, StoreError> told_after(std::int64_t place,
                                                                         int limit) = 0;
};

}  // namespace yimen::persistence
