// What the three stores of one database share.
#pragma once

#include <string>

#include "persistence/case_write.hpp"
#include "persistence/sqlite/readers.hpp"
#include "persistence/sqlite/writer.hpp"

namespace yimen::persistence::sqlite {

struct Context {
  Writer& writer;
  Readers& readers;
  const std::string& jurisdiction;
  const Vocabulary& vocabulary;
};

}  // namespace yimen::persistence::sqlite
