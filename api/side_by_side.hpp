// Independent pieces of work, several at a time, so that their commits share transactions.
#pragma once

#include <cstddef>
#include <functional>

namespace yimen::api {

// Does `work` for every number below `count`, at most `hands` at a time; the first exception of one
// is thrown once all have ended.
void side_by_side(std::size_t count, const std::function<void(std::size_t)>& work,
                  std::size_t hands = 24);

}  // namespace yimen::api
