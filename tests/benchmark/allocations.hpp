// Counts what the whole program takes from the heap. Not for several threads.
#pragma once

namespace yimen::tests {

[[nodiscard]] long allocations();

}  // namespace yimen::tests
