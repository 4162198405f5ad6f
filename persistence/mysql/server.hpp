// Where the database is, and as whom we come.
#pragma once

#include <cstdint>
#include <string>

namespace yimen::persistence::mysql {

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 3306;
  std::string user;
  std::string password;
  std::string schema;
};

}  // namespace yimen::persistence::mysql
