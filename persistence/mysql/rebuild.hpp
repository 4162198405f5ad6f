// Every projection made again from the journal.
#pragma once

#include "persistence/mysql/context.hpp"

namespace yimen::persistence::mysql {

// As Database::rebuild says. A case is locked while its rows are made again, so that nodes may go
// on serving; what auditors count is incomplete until all of it has come to its end.
[[nodiscard]] Result<std::int64_t, StoreError> rebuild(const Context& context,
                                                       const workflow::Digests& digests,
                                                       const RebuildProgress& progress);

}  // namespace yimen::persistence::mysql
