// The whole program on an empty database, behind its router, without a socket.
#pragma once

#include <stdexcept>
#include <string>

#include "api/program.hpp"
#include "api/scratch_folder.hpp"
#include "persistence/sqlite/database.hpp"

namespace yimen::tests {

inline const api::Rulebook& the_rulebook() {
  static const api::Rulebook rulebook = [] {
    auto loaded = api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions");
    if (!loaded) throw std::runtime_error("definitions: " + loaded.error().front());
    return std::move(*loaded);
  }();
  return rulebook;
}

class WholeProgram {
 public:
  WholeProgram()
      : keyring_(api::Keyring::open(folder_.file("key")).value()),
        database_(persistence::sqlite::open(options()).value()),
        audit_log_(api::AuditFile::open(folder_.file("audit.log")).value()),
        program_(*database_, the_rulebook(), keyring_, *audit_log_, false) {}

  [[nodiscard]] api::Program& program() { return program_; }

 private:
  [[nodiscard]] persistence::sqlite::Options options() const {
    persistence::sqlite::Options options;
    options.path = folder_.file("empty.db");
    options.jurisdiction = the_rulebook().organisation().jurisdiction;
    options.vocabulary = the_rulebook().vocabulary();
    return options;
  }

  const api::ScratchFolder folder_;
  const api::Keyring keyring_;
  const std::unique_ptr<persistence::sqlite::Database> database_;
  const std::unique_ptr<api::AuditFile> audit_log_;
  api::Program program_;
};

inline api::Program& the_program() {
  static WholeProgram whole;
  return whole.program();
}

inline api::http::Response ask(const std::string& method, const std::string& target,
                               const api::http::Fields& headers = {},
                               const std::string& address = "127.0.0.1") {
  auto request = api::http::request_for(method, target).value();
  request.headers = headers;
  request.remote_address = address;
  request.trace_id = "0123456789abcdef0123456789abcdef";
  return the_program().router.handle(std::move(request));
}

}  // namespace yimen::tests
