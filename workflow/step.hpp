// The narrow door between the C++17 unit that instantiates Boost.MSM and everything else.
// C++17-clean: includes the standard library only.
#pragma once

#include <bitset>

namespace yimen::workflow {

inline constexpr int rows_max = 256;

// One bit a row: its selector and all its guards hold.
using RowBits = std::bitset<rows_max>;

enum class StepResult { no_rule, taken, refused };

struct Step {
  StepResult result = StepResult::no_rule;
  int row = -1;  // the row that fired, as an index into the flat list of rows
};

}  // namespace yimen::workflow
