#include "persistence/mysql/many_rows.hpp"

namespace yimen::persistence::mysql {

std::string ManyRows::text(std::size_t rows) const {
  std::string text(head);
  for (std::size_t place = 0; place < rows; ++place) {
    if (place > 0) text += between;
    text += row;
  }
  text += tail;
  return text;
}

}  // namespace yimen::persistence::mysql
