#include "persistence/mysql/database.hpp"

#include "persistence/mysql/access_store.hpp"
#include "persistence/mysql/account_store.hpp"
#include "persistence/mysql/attachment_store.hpp"
#include "persistence/mysql/audit_store.hpp"
#include "persistence/mysql/batch_store.hpp"
#include "persistence/mysql/case_store.hpp"
#include "persistence/mysql/deadline_store.hpp"
#include "persistence/mysql/document_queries.hpp"
#include "persistence/mysql/migrations.hpp"
#include "persistence/mysql/news_store.hpp"
#include "persistence/mysql/person_store.hpp"
#include "persistence/mysql/queries.hpp"
#include "persistence/mysql/rebuild.hpp"
#include "persistence/mysql/transfer_queries.hpp"

namespace yimen::persistence::mysql {

namespace {

std::string text_in(const Rows& rows) { return rows.text(0); }

// Of the settings: what a transfer that is not at its end leaves.
constexpr std::string_view transfer_mark = "transfer_unfinished";

Parameter parameter_of(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
  if (const auto* bytes = std::get_if<std::string>(&cell)) return std::string_view(*bytes);
  return {};
}

class MysqlDatabase final : public Database {
 public:
  explicit MysqlDatabase(const Options& options)
      : jurisdiction_(options.jurisdiction),
        vocabulary_(options.vocabulary),
        pool_(options.server, options.connections, options.faults),
        committing_pool_(options.server, options.committers, options.faults),
        transactions_(pool_, counts_),
        committer_(committing_pool_, counts_, options.committers),
        context_{transactions_, committer_, jurisdiction_, vocabulary_},
        cases_(context_),
        persons_(context_),
        accounts_(context_),
        attachments_(context_),
        batches_(context_),
        tokens_(context_),
        delegations_(context_),
        deadlines_(context_),
        notifications_(context_),
        news_(context_),
        audit_(context_) {}

  CaseStore& cases() override { return cases_; }
  PersonStore& persons() override { return persons_; }
  AccountStore& accounts() override { return accounts_; }
  AttachmentStore& attachments() override { return attachments_; }
  BatchStore& batches() override { return batches_; }
  TokenStore& tokens() override { return tokens_; }
  DelegationStore& delegations() override { return delegations_; }
  DeadlineStore& deadlines() override { return deadlines_; }
  NotificationStore& notifications() override { return notifications_; }
  NewsStore& news() override { return news_; }
  AuditStore& audit() override { return audit_; }

  std::string not_ready_reason() override {
    std::int64_t version = 0;
    bool is_read_only = false;
    const auto read = transactions_.read([&](Connection& connection) {
      Rows rows = connection.prepared(select_health).query({});
      if (!rows.next()) return;
      version = rows.integer(0);
      is_read_only = rows.integer(1) != 0;
    });
    if (!read) return "The database cannot be read: " + read.error().detail + ".";
    if (version != newest_version()) return "The database has another schema than this program.";
    return is_read_only ? "The database takes no writes." : std::string();
  }

  StoreCounts counts() override {
    StoreCounts counts;
    counts_.tell(counts);
    committer_.tell(counts);
    counts.reads = transactions_.reads();
    counts.readers_waiting = pool_.waiting();
    const auto size = one_row(
        context_, select_size, {}, [](const Rows& rows) { return rows.integer(0); }, "size");
    counts.database_bytes = static_cast<std::uint64_t>(size.value_or(0));
    return counts;
  }

  bool is_sample() override { return setting("sample").value_or("") == "true"; }

  Result<void, StoreError> keep_edition(const std::string& digest, const std::string& procedure,
                                        const std::string& bytes) override {
    return set(insert_edition, {digest, procedure, Blob(bytes)});
  }

  Result<std::string, StoreError> edition(const std::string& digest) override {
    return one_row(context_, select_edition, {digest}, text_in, "edition");
  }

  Result<void, StoreError> keep_calendar(const std::string& digest,
                                         const std::string& bytes) override {
    return set(insert_calendar, {digest, Blob(bytes)});
  }

  Result<std::string, StoreError> calendar(const std::string& digest) override {
    return one_row(context_, select_calendar, {digest}, text_in, "calendar");
  }

  Result<std::string, StoreError> setting(const std::string& name) override {
    auto found = all_rows(context_, select_setting, {name}, text_in);
    if (!found) return refuse(std::move(found.error()));
    return found->empty() ? std::string() : std::move(found->front());
  }

  Result<void, StoreError> set_setting(const std::string& name,
                                       const std::string& value) override {
    return set(upsert_setting, {name, value});
  }

  Result<void, StoreError> change_setting(const std::string& name, const std::string& from,
                                          const std::string& to) override {
    const auto change = [&](Connection& connection) -> Result<void, StoreError> {
      {
        Rows rows = connection.prepared(lock_setting).query({name});
        if ((rows.next() ? rows.text(0) : std::string()) != from) {
          return refuse(StoreError{StoreErrorKind::conflict, name, {}});
        }
      }
      // One that is not there has not been locked: of two who make it, one meets the other's.
      if (!from.empty()) {
        connection.prepared(upsert_setting).execute({name, to});
        return {};
      }
      if (connection.prepared(insert_setting).execute({name, to}) == 1) return {};
      return refuse(StoreError{StoreErrorKind::conflict, name, {}});
    };
    return transactions_.run(change, [&](Connection& connection) {
      Rows rows = connection.prepared(select_setting).query({name});
      return rows.next() && rows.text(0) == to;
    });
  }

  Result<std::int64_t, StoreError> rebuild(const workflow::Digests& digests,
                                           const RebuildProgress& progress) override {
    return mysql::rebuild(context_, digests, progress);
  }

  Result<bool, StoreError> is_unused() override {
    return one_row(
        context_, select_is_unused, {}, [](const Rows& rows) { return rows.integer(0) != 0; },
        "answer");
  }

  Result<void, StoreError> begin_transfer() override {
    return set(upsert_setting, {transfer_mark, "true"});
  }

  // Whoever listens first would have to number all that there is.
  Result<void, StoreError> end_transfer() override {
    if (auto numbered = news_.number_entries(); !numbered) return numbered;
    return set(delete_setting, {transfer_mark});
  }

  // A commit in doubt ends the transfer: what is there can be told from what is not only by
  // looking at all of it.
  Result<void, StoreError> write_rows(const std::string& table,
                                      const std::vector<TableRow>& rows) override {
    const TransferText& text = transfer_texts.at(table);
    RowValues values(text.columns);
    for (const TableRow& row : rows) {
      for (const Cell& cell : row) values.add({parameter_of(cell)});
    }
    return transactions_.run([&](Connection& connection) -> Result<void, StoreError> {
      connection.write(text.insert, values);
      return {};
    });
  }

  Result<std::int64_t, StoreError> count_rows(const std::string& table) override {
    return one_row(
        context_, transfer_texts.at(table).count, {},
        [](const Rows& rows) { return rows.integer(0); }, "table");
  }

 private:
  Result<void, StoreError> set(std::string_view text,
                               std::initializer_list<Parameter> parameters) {
    return transactions_.run_repeatable([&](Connection& connection) -> Result<void, StoreError> {
      connection.prepared(text).execute(parameters);
      return {};
    });
  }

  std::string jurisdiction_;
  Vocabulary vocabulary_;
  WriterCounts counts_;
  Pool pool_;
  Pool committing_pool_;
  Transactions transactions_;
  Committer committer_;
  Context context_;
  MysqlCaseStore cases_;
  MysqlPersonStore persons_;
  MysqlAccountStore accounts_;
  MysqlAttachmentStore attachments_;
  MysqlBatchStore batches_;
  MysqlTokenStore tokens_;
  MysqlDelegationStore delegations_;
  MysqlDeadlineStore deadlines_;
  MysqlNotificationStore notifications_;
  MysqlNewsStore news_;
  MysqlAuditStore audit_;
};

// Whose database this is, and whether it is a sample: said once, by whoever makes it.
Result<void, std::string> settle_identity(Connection& connection, const Options& options) {
  const auto settled = [&](const std::string& name, const std::string& value) {
    connection.prepared(insert_setting).execute({name, value});
    Rows rows = connection.prepared(select_setting).query({name});
    return rows.next() ? rows.text(0) : std::string();
  };
  settled("sample", options.sample ? "true" : "false");
  if (options.jurisdiction.empty()) return {};
  const std::string jurisdiction = settled("jurisdiction", options.jurisdiction);
  if (jurisdiction == options.jurisdiction) return {};
  return refuse("The database belongs to the jurisdiction " + jurisdiction + ", not to " +
                options.jurisdiction + ".");
}

// Writes only what is new, so that a node that starts takes no lock from those that run.
void seed_vocabulary(Connection& connection, const std::vector<StateWord>& words) {
  std::vector<StateWord> known;
  {
    Rows rows = connection.prepared(select_vocabulary).query({});
    while (rows.next()) known.push_back({rows.text(0), rows.text(1), rows.integer(2) != 0});
  }
  for (const StateWord* word : missing_from(words, known)) {
    connection.prepared(upsert_vocabulary)
        .execute({word->procedure, word->state, parameter(word->is_closed)});
  }
}

void sweep_uploads(Connection& connection, std::chrono::milliseconds abandoned_after) {
  std::vector<std::string> old;
  {
    Rows rows = connection.prepared(select_old_uploads).query({abandoned_after.count()});
    while (rows.next()) old.push_back(rows.text(0));
  }
  for (const std::string& attachment : old) take_away_upload(connection, attachment);
}

std::string place_of(const Server& server) {
  return server.host + ":" + std::to_string(server.port) + "/" + server.schema;
}

// The refusal names the place; the driver's words may hold the user's name, and stay out.
template <class Answer, class F>
Result<Answer, std::string> attempted(const Options& options, F&& perform) {
  try {
    auto answer = perform();
    if (!answer) return refuse(place_of(options.server) + ": " + answer.error());
    return answer;
  } catch (const Failure& failure) {
    return refuse("Cannot open " + place_of(options.server) + ": database error " +
                  std::to_string(failure.code()) + sentence_about(failure.code()));
  }
}

}  // namespace

Result<std::unique_ptr<Database>, std::string> open(const Options& options) {
  using Opened = std::unique_ptr<Database>;
  return attempted<Opened>(options, [&]() -> Result<Opened, std::string> {
    Connection connection(options.server, options.faults);
    if (auto applied = apply_migrations(connection); !applied) return refuse(applied.error());
    if (connection.prepared(select_setting).query({transfer_mark}).next()) {
      return refuse(std::string("A copy into this database did not come to its end: drop the "
                                "database, create it anew and copy again."));
    }
    if (auto settled = settle_identity(connection, options); !settled) {
      return refuse(settled.error());
    }
    seed_vocabulary(connection, options.vocabulary);
    sweep_uploads(connection, options.uploads_abandoned_after);
    return std::make_unique<MysqlDatabase>(options);
  });
}

Result<std::vector<std::string>, std::string> migrate(const Options& options) {
  using Names = std::vector<std::string>;
  return attempted<Names>(options, [&]() -> Result<Names, std::string> {
    Connection connection(options.server, options.faults);
    auto applied = apply_migrations(connection);
    if (!applied) return applied;
    if (auto settled = settle_identity(connection, options); !settled) {
      return refuse(settled.error());
    }
    return applied;
  });
}

}  // namespace yimen::persistence::mysql
