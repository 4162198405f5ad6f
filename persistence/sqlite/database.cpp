#include "persistence/sqlite/database.hpp"

#include <Poco/Data/Statement.h>

#include <filesystem>

#include "persistence/sqlite/access_store.hpp"
#include "persistence/sqlite/account_store.hpp"
#include "persistence/sqlite/attachment_store.hpp"
#include "persistence/sqlite/audit_store.hpp"
#include "persistence/sqlite/backup.hpp"
#include "persistence/sqlite/batch_store.hpp"
#include "persistence/sqlite/case_store.hpp"
#include "persistence/sqlite/deadline_queries.hpp"
#include "persistence/sqlite/deadline_store.hpp"
#include "persistence/sqlite/document_queries.hpp"
#include "persistence/sqlite/lock_file.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/news_store.hpp"
#include "persistence/sqlite/person_store.hpp"
#include "persistence/sqlite/queries.hpp"
#include "persistence/sqlite/rebuild.hpp"
#include "persistence/sqlite/transfer_queries.hpp"
#include "persistence/sqlite/type_handlers.hpp"

namespace yimen::persistence::sqlite {

namespace {

using namespace Poco::Data::Keywords;

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(LockFile lock, std::unique_ptr<Connection> connection, const Options& options)
      : lock_(std::move(lock)),
        path_(options.path),
        jurisdiction_(options.jurisdiction),
        vocabulary_(options.vocabulary),
        writer_(std::move(connection)),
        readers_(options.path, options.readers),
        context_{writer_, readers_, jurisdiction_, vocabulary_},
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
    int version = 0;
    const auto read = readers_.read([&](Connection& connection) {
      connection.session() << std::string(select_schema_version), into(version), now;
    });
    if (!read) return "The database cannot be read: " + read.error().detail + ".";
    if (version != newest_version()) return "The database has another schema than this program.";
    if (writer_.stopped_reason().empty()) return {};
    // An empty request lets the writer try again.
    const auto tried = writer_.run([](Connection&) -> Result<void, StoreError> { return {}; });
    return tried ? std::string() : tried.error().detail;
  }

  StoreCounts counts() override {
    StoreCounts counts;
    writer_.tell(counts);
    readers_.tell(counts);
    const auto size_of = [](const std::string& path) {
      std::error_code error;
      const auto size = std::filesystem::file_size(path, error);
      return error ? 0 : std::uint64_t{size};
    };
    counts.database_bytes = size_of(path_);
    counts.log_bytes = size_of(path_ + "-wal");
    return counts;
  }

  bool is_sample() override { return setting("sample").value_or("") == "true"; }

  Result<void, StoreError> keep_edition(const std::string& digest, const std::string& procedure,
                                        const std::string& bytes) override {
    return writer_.run([&](Connection& connection) -> Result<void, StoreError> {
      connection.session() << std::string(insert_edition), bind(digest), bind(procedure),
          bind(blob_of(bytes)), now;
      return {};
    });
  }

  Result<std::string, StoreError> edition(const std::string& digest) override {
    return definition(select_edition, digest);
  }

  Result<void, StoreError> keep_calendar(const std::string& digest,
                                         const std::string& bytes) override {
    return writer_.run([&](Connection& connection) -> Result<void, StoreError> {
      connection.session() << std::string(insert_calendar), bind(digest), bind(blob_of(bytes)),
          now;
      return {};
    });
  }

  Result<std::string, StoreError> calendar(const std::string& digest) override {
    return definition(select_calendar, digest);
  }

  Result<std::string, StoreError> setting(const std::string& name) override {
    std::string value;
    const auto read = readers_.read([&](Connection& connection) {
      connection.session() << std::string(select_setting), bind(name), into(value), now;
    });
    if (!read) return refuse(read.error());
    return value;
  }

  Result<void, StoreError> set_setting(const std::string& name,
                                       const std::string& value) override {
    return writer_.run([&](Connection& connection) -> Result<void, StoreError> {
      connection.session() << std::string(upsert_setting), bind(name), bind(value), now;
      return {};
    });
  }

  Result<void, StoreError> change_setting(const std::string& name, const std::string& from,
                                          const std::string& to) override {
    return writer_.run([&](Connection& connection) -> Result<void, StoreError> {
      std::string value;
      connection.session() << std::string(select_setting), bind(name), into(value), now;
      if (value != from) return refuse(StoreError{StoreErrorKind::conflict, name, {}});
      connection.session() << std::string(upsert_setting), bind(name), bind(to), now;
      return {};
    });
  }

  Result<std::int64_t, StoreError> rebuild(const workflow::Digests& digests,
                                           const RebuildProgress& progress) override {
    return sqlite::rebuild(context_, digests, progress);
  }

  Result<void, std::string> backup(const std::string& to) override { return back_up(path_, to); }

  Result<std::vector<std::string>, StoreError> integrity_check() override {
    std::vector<std::string> findings;
    std::vector<std::string> orphans;
    const auto read = readers_.read([&](Connection& connection) {
      connection.session() << std::string(check_integrity), into(findings), now;
      connection.session() << std::string(check_references), into(orphans), now;
    });
    if (!read) return refuse(read.error());
    std::erase(findings, "ok");
    findings.insert(findings.end(), orphans.begin(), orphans.end());
    return findings;
  }

  Result<void, StoreError> read_table(
      const std::string& table,
      const std::function<Result<void, StoreError>(TableRow)>& each) override {
    Result<void, StoreError> taken;
    const auto read = readers_.read([&](Connection& connection) {
      Rows rows = connection.prepared(select_all_of.at(table)).query({});
      while (taken && rows.next()) taken = each(rows.cells());
    });
    return read ? taken : read;
  }

 private:
  Result<std::string, StoreError> definition(std::string_view sql, const std::string& digest) {
    std::vector<Poco::Data::BLOB> found;
    const auto read = readers_.read([&](Connection& connection) {
      connection.session() << std::string(sql), bind(digest), into(found), now;
    });
    if (!read) return refuse(read.error());
    if (found.empty()) {
      return refuse(StoreError{StoreErrorKind::not_found, "no definition " + digest, {}});
    }
    return bytes_of(found.front());
  }

  // In this order: the readers close before the writer, the lock goes last.
  LockFile lock_;
  std::string path_;
  std::string jurisdiction_;
  Vocabulary vocabulary_;
  Writer writer_;
  Readers readers_;
  Context context_;
  SqliteCaseStore cases_;
  SqlitePersonStore persons_;
  SqliteAccountStore accounts_;
  SqliteAttachmentStore attachments_;
  SqliteBatchStore batches_;
  SqliteTokenStore tokens_;
  SqliteDelegationStore delegations_;
  SqliteDeadlineStore deadlines_;
  SqliteNotificationStore notifications_;
  SqliteNewsStore news_;
  SqliteAuditStore audit_;
};

struct Opened {
  LockFile lock;
  std::unique_ptr<Connection> connection;
  std::vector<std::string> applied;
};

Result<Opened, std::string> open_and_migrate(const Options& options) {
  auto lock = LockFile::acquire(options.path);
  if (!lock) return refuse(lock.error());
  if (auto created = create_private_file(options.path); !created) return refuse(created.error());
  auto connection = std::make_unique<Connection>(options.path, Access::read_write);
  auto applied = apply_migrations(*connection);
  if (!applied) return refuse(options.path + ": " + applied.error());
  return Opened{std::move(*lock), std::move(connection), std::move(*applied)};
}

// Whose database this is, and whether it is a sample: said once, when it is made.
Result<void, std::string> settle_identity(Connection& connection, const Options& options) {
  const auto stored = [&](const std::string& name) {
    std::string value;
    connection.session() << std::string(select_setting), bind(name), into(value), now;
    return value;
  };
  const auto store = [&](const std::string& name, const std::string& value) {
    connection.session() << std::string(upsert_setting), bind(name), bind(value), now;
  };
  if (!options.rebuilds && !stored(std::string(rebuild_setting)).empty()) {
    return refuse(options.path + ": a rebuild was interrupted. Run `yimen rebuild` again.");
  }
  if (stored("sample").empty()) store("sample", options.sample ? "true" : "false");
  if (options.jurisdiction.empty()) return {};
  const std::string jurisdiction = stored("jurisdiction");
  if (jurisdiction.empty()) store("jurisdiction", options.jurisdiction);
  if (jurisdiction.empty() || jurisdiction == options.jurisdiction) return {};
  return refuse(options.path + " belongs to the jurisdiction " + jurisdiction + ", not to " +
                options.jurisdiction + ".");
}

void seed_vocabulary(Connection& connection, const std::vector<StateWord>& words) {
  for (const StateWord& word : words) {
    connection.session() << std::string(upsert_vocabulary), bind(word.procedure),
        bind(word.state), bind(word.is_closed), now;
  }
}

}  // namespace

Result<std::unique_ptr<Database>, std::string> open(const Options& options) {
  try {
    auto opened = open_and_migrate(options);
    if (!opened) return refuse(opened.error());
    Connection& connection = *opened->connection;
    connection.execute(std::string(begin_immediate));
    if (auto settled = settle_identity(connection, options); !settled) {
      return refuse(settled.error());
    }
    seed_vocabulary(connection, options.vocabulary);
    connection.execute(std::string(sweep_uploads));
    connection.execute(std::string(end_leases));
    connection.execute(std::string(commit_transaction));
    return std::make_unique<SqliteDatabase>(std::move(opened->lock),
                                            std::move(opened->connection), options);
  } catch (const std::exception& error) {
    return refuse("Cannot open " + options.path + ": " + error.what() + ".");
  }
}

Result<std::vector<std::string>, std::string> migrate(const Options& options) {
  try {
    auto opened = open_and_migrate(options);
    if (!opened) return refuse(opened.error());
    auto settled = settle_identity(*opened->connection, options);
    if (!settled) return refuse(settled.error());
    return std::move(opened->applied);
  } catch (const std::exception& error) {
    return refuse("Cannot open " + options.path + ": " + error.what() + ".");
  }
}

}  // namespace yimen::persistence::sqlite
