// Every projection made again from the journal.
#pragma once

#include "persistence/sqlite/context.hpp"

namespace yimen::persistence::sqlite {

// The setting that says that a rebuild has begun and not come to its end.
constexpr std::string_view rebuild_setting = "rebuild";

// As Database::rebuild says. Until it has come to its end the database opens for nothing else.
[[nodiscard]] Result<std::int64_t, StoreError> rebuild(const Context& context,
                                                       const workflow::Digests& digests,
                                                       const RebuildProgress& progress);

}  // namespace yimen::persistence::sqlite
