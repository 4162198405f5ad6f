// The parts of a case's commit, a function a table, for the commit and for a rebuild.
#pragma once

#include "persistence/case_write.hpp"
#include "persistence/sqlite/connection.hpp"

namespace yimen::persistence::sqlite {

// Everything that a commit needs, so that each table's part is a function of one argument.
struct Commit {
  Connection& connection;
  const CaseWrite& write;
  const CommitRequest& request;
  const workflow::Case& next;
  const CaseSummary& summary;
  const Projection& before;  // empty for a new case

  Commit(Connection& on, const CaseWrite& prepared)
      : connection(on),
        write(prepared),
        request(*prepared.request),
        next(*request.next),
        summary(prepared.next.summary),
        before(prepared.known()) {}

  int execute(std::string_view sql, std::initializer_list<Parameter> parameters) const {
    return connection.prepared(sql).execute(parameters);
  }
};

// False when there is a row of this case.
[[nodiscard]] bool insert_row(const Commit& commit);
void write_clocks(const Commit& commit);
// The rungs of a clock that changed are put anew, the earliest that is not done armed.
void write_rungs(const Commit& commit);
// Who may see the case, and who has to do with it.
void write_scope(const Commit& commit);

}  // namespace yimen::persistence::sqlite
