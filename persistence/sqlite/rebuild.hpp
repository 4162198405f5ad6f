// Every projection made again from the journal.
#pragma once

#include <functional>

#include "persistence/sqlite/context.hpp"

namespace yimen::persistence::sqlite {

// The setting that says that a rebuild has begun and not come to its end.
constexpr std::string_view rebuild_setting = "rebuild";

// Called now and then with the number of cases done.
using RebuildProgress = std::function<void(std::int64_t)>;

// Cases, documents, clocks, lists and the rungs that have not acted, from nothing but the journal;
// what acted, was told or attached stays as it is. Answers the number of cases. `invalid`, naming
// case and entry, for a journal that is broken: its tables may be all that is left of the truth.
// Until it has come to its end the database opens for nothing else.
[[nodiscard]] Result<std::int64_t, StoreError> rebuild(const Context& context,
                                                       const workflow::Digests& digests,
                                                       const RebuildProgress& progress);

}  // namespace yimen::persistence::sqlite
