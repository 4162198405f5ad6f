// What a case leaves for auditors: of one commit, or of its whole history.
#pragma once

#include "persistence/sqlite/case_parts.hpp"

namespace yimen::persistence::sqlite {

void write_audit(const Commit& commit);
// What is there already stays.
void put_history(Connection& connection, const std::string& jurisdiction,
                 const AuditHistory& history);

}  // namespace yimen::persistence::sqlite
