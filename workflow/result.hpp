// The answer of a function that may refuse: a value or a typed reason.
// One alias, so that std::expected can replace it in one line.
#pragma once

#include <tl/expected.hpp>

namespace yimen {

template <class T, class E>
using Result = tl::expected<T, E>;

template <class E>
[[nodiscard]] auto refuse(E&& error) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}

}  // namespace yimen
