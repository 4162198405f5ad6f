#include "persistence/sqlite/rebuild.hpp"

#include "persistence/sqlite/audit_write.hpp"
#include "persistence/sqlite/deadline_queries.hpp"
#include "persistence/sqlite/queries.hpp"
#include "workflow/entry.hpp"

namespace yimen::persistence::sqlite {

namespace {

using workflow::Case;
using workflow::SealedEntry;

constexpr std::int64_t cases_in_transaction = 100;

// The case as each of its entries left it.
struct Story {
  std::vector<SealedEntry> sealed;
  std::vector<workflow::Entry> entries;
  std::vector<Case> stages;
};

Result<Story, StoreError> story_of(Connection& connection, const std::string& case_id,
                                   const workflow::Digests& digests) {
  Story story;
  Rows rows = connection.prepared(select_whole_journal).query({case_id});
  while (rows.next()) {
    story.sealed.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
  }
  if (const std::int64_t broken = workflow::first_broken(story.sealed, digests); broken != 0) {
    return refuse(StoreError{
        StoreErrorKind::invalid,
        "case " + case_id + ": the chain is broken at entry " + std::to_string(broken), {}});
  }
  for (const SealedEntry& sealed : story.sealed) {
    const Case before = story.stages.empty() ? Case{} : story.stages.back();
    story.entries.push_back(workflow::entry_from(*workflow::parse(sealed.bytes)));
    story.stages.push_back(workflow::apply(before, story.entries.back()));
  }
  return story;
}

// What only the way shows: since when the case has been in its state, when it was opened.
CaseSummary summary_of(const std::vector<CaseWrite>& steps) {
  CaseSummary summary = steps.back().next.summary;
  summary.opened_at = steps.front().next.summary.opened_at;
  for (const CaseWrite& step : steps) {
    if (!step.stays()) summary.state_since = step.next.summary.state_since;
  }
  return summary;
}

void rewrite_row(const Commit& commit) {
  const CaseSummary& row = commit.summary;
  if (insert_row(commit)) return;
  commit.execute(rewrite_case,
                 {row.procedure, commit.next.edition, commit.next.sequence, row.revision,
                  Blob(commit.request.entry.hash), row.state, parameter(row.is_closed), row.number,
                  row.category, row.village, row.department, parameter(row.emergency),
                  row.holder_unit, row.holder_person, parameter(row.opened_at),
                  parameter(row.state_since), order_of(row.due_at), parameter(row.suspended_at),
                  row.subject, commit.write.waits_for, row.id});
}

Result<void, StoreError> rebuild_case(Connection& connection, const Context& context,
                                      const workflow::Digests& digests,
                                      const std::string& case_id) {
  const auto story = story_of(connection, case_id, digests);
  if (!story) return refuse(story.error());
  std::vector<CommitRequest> requests(story->stages.size());
  std::vector<CaseWrite> steps;
  for (std::size_t at = 0; at < requests.size(); ++at) {
    requests[at].before = at > 0 ? &story->stages[at - 1] : nullptr;
    requests[at].next = &story->stages[at];
    requests[at].entry = story->sealed[at];
    steps.push_back(prepare(requests[at], context.jurisdiction, context.vocabulary));
  }
  connection.prepared(delete_clocks_of_case).execute({case_id});
  connection.prepared(delete_rungs_of_case).execute({case_id});
  for (const CaseWrite& step : steps) write_clocks(Commit(connection, step));

  // As if the last stage were the first: its rungs, units and persons are all new.
  CaseWrite last = steps.back();
  last.next.summary = summary_of(steps);
  last.before.reset();
  const Commit commit(connection, last);
  rewrite_row(commit);
  commit.execute(upsert_document, {case_id, last.document});
  write_rungs(commit);
  write_scope(commit);
  put_history(connection, context.jurisdiction, audit_history_of(story->entries));
  return {};
}

std::vector<std::string> ids_after(Connection& connection, const std::string& after) {
  std::vector<std::string> ids;
  Rows rows = connection.prepared(select_case_ids_of_journal).query({after, cases_in_transaction});
  while (rows.next()) ids.push_back(rows.text(0));
  return ids;
}

}  // namespace

Result<std::int64_t, StoreError> rebuild(const Context& context,
                                         const workflow::Digests& digests,
                                         const RebuildProgress& progress) {
  auto done = context.writer.run([](Connection& connection) -> Result<void, StoreError> {
    connection.execute(std::string(begin_rebuild));
    return {};
  });
  std::int64_t count = 0;
  std::string after;
  for (bool more = true; done && more;) {
    done = context.writer.run([&](Connection& connection) -> Result<void, StoreError> {
      const std::vector<std::string> ids = ids_after(connection, after);
      more = !ids.empty();
      if (!more) connection.execute(std::string(end_rebuild));
      for (const std::string& id : ids) {
        if (auto one = rebuild_case(connection, context, digests, id); !one) return one;
      }
      if (more) after = ids.back();
      count += std::ssize(ids);
      return {};
    });
    if (done && more && progress) progress(count);
  }
  if (!done) return refuse(std::move(done.error()));
  return count;
}

}  // namespace yimen::persistence::sqlite
