// Databases that were there before what auditors read: it is made of the journals once.
#pragma once

#include <cstdint>
#include <functional>

#include "persistence/store.hpp"

namespace yimen::persistence {

// Called now and then with the number of cases read.
using FillProgress = std::function<void(std::int64_t)>;

// Before the database serves; goes on where an earlier attempt was interrupted, and is nothing to
// do for a database that is filled. Several processes may do it at once.
[[nodiscard]] Result<void, StoreError> fill_audit(Database& database,
                                                  const FillProgress& progress);

}  // namespace yimen::persistence
