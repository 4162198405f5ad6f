#include "tests/persistence/mysql_fixture.hpp"

#include <stdexcept>

namespace yimen::persistence {

MysqlFixture::MysqlFixture(mysql::Faults* faults) : faults_(faults) { reopen(); }

void MysqlFixture::reopen() {
  database_.reset();
  auto opened = mysql::open(options());
  if (!opened) throw std::runtime_error(opened.error());
  database_ = std::move(*opened);
}

// Nobody else works on the schema: what an earlier opening left half brought is abandoned.
mysql::Options MysqlFixture::options() const {
  mysql::Options options;
  options.server = schema_.server();
  options.sample = true;
  options.jurisdiction = "511623";
  options.vocabulary = test_vocabulary();
  options.uploads_abandoned_after = std::chrono::milliseconds(0);
  options.faults = faults_;
  return options;
}

}  // namespace yimen::persistence
