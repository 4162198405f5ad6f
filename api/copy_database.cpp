#include "api/copy_database.hpp"

#include "api/audit_commands.hpp"

namespace yimen::api {

namespace {

using persistence::StoreError;
using persistence::TableRow;

constexpr std::size_t rows_in_portion = 512;
constexpr std::size_t bytes_in_portion = 4'000'000;
constexpr int page = 200;

std::size_t bytes_of(const TableRow& row) {
  std::size_t bytes = 0;
  for (const auto& cell : row) {
    if (const auto* text = std::get_if<std::string>(&cell)) bytes += text->size();
  }
  return bytes;
}

class Copy final {
 public:
  Copy(const CopySource& from, const CopyTarget& to, const CopyProgress& progress)
      : from_(from), to_(to), progress_(progress) {}

  Result<CopyReport, StoreError> run() {
    if (auto begun = to_.tables.begin_transfer(); !begun) return refuse(begun.error());
    for (const std::string& table : persistence::transferred_tables()) {
      if (auto copied = copy(table); !copied) return refuse(copied.error());
    }
    if (auto compared = compare_cases(); !compared) return refuse(compared.error());
    if (!report_.findings.empty()) return report_;
    for (const auto& examine : {verify, replay_check}) {
      const auto audited = examine(to_.database.cases(), {});
      if (!audited) return refuse(audited.error());
      report_.findings.insert(report_.findings.end(), audited->findings.begin(),
                              audited->findings.end());
    }
    if (report_.findings.empty()) {
      if (auto ended = to_.tables.end_transfer(); !ended) return refuse(ended.error());
    }
    return report_;
  }

 private:
  Result<void, StoreError> copy(const std::string& table) {
    std::int64_t copied = 0;
    const auto read = from_.tables.read_table(table, [&](TableRow row) {
      bytes_ += bytes_of(row);
      portion_.push_back(std::move(row));
      ++copied;
      const bool is_full = portion_.size() == rows_in_portion || bytes_ > bytes_in_portion;
      return is_full ? write(table, copied) : Result<void, StoreError>();
    });
    if (!read) return read;
    if (auto written = write(table, copied); !written) return written;
    report_.rows += copied;
    return count(table, copied);
  }

  Result<void, StoreError> write(const std::string& table, std::int64_t so_far) {
    auto written = to_.tables.write_rows(table, portion_);
    portion_.clear();
    bytes_ = 0;
    progress_(table, so_far);
    return written;
  }

  // Where an opened database has rows of its own, the source's words, editions and settings are
  // among them: there may be more, never fewer.
  Result<void, StoreError> count(const std::string& table, std::int64_t copied) {
    const auto there = to_.tables.count_rows(table);
    if (!there) return refuse(there.error());
    const bool is_seeded = table == "settings" || table == "vocabulary" || table == "editions" ||
                           table == "calendars";
    if (*there == copied || (is_seeded && *there > copied)) return {};
    report_.findings.push_back(table + " has " + std::to_string(*there) + " rows instead of " +
                               std::to_string(copied) + ".");
    return {};
  }

  Result<void, StoreError> compare_cases() {
    std::string after;
    while (true) {
      const auto ids = from_.database.cases().case_ids(after, page);
      if (!ids) return refuse(ids.error());
      if (ids->empty()) return {};
      for (const std::string& id : *ids) {
        if (auto compared = compare(id); !compared) return compared;
      }
      after = ids->back();
      progress_("comparing cases", report_.cases);
    }
  }

  Result<void, StoreError> compare(const std::string& id) {
    const auto old = from_.database.cases().load(id);
    if (!old) return refuse(old.error());
    const auto made = to_.database.cases().load(id);
    const bool is_same =
        made && made->subject == old->subject && made->head_hash == old->head_hash;
    if (!is_same) report_.findings.push_back("case " + id + " is not as it was.");
    ++report_.cases;
    for (std::int64_t sequence = 0; sequence < old->subject.sequence;) {
      const auto left = from_.database.cases().journal(id, sequence, page);
      const auto right = to_.database.cases().journal(id, sequence, page);
      if (!left) return refuse(left.error());
      if (!right) return refuse(right.error());
      if (*left != *right || left->empty()) {
        report_.findings.push_back("the journal of case " + id + " is not as it was.");
        return {};
      }
      report_.entries += static_cast<std::int64_t>(left->size());
      sequence = left->back().sequence;
    }
    return {};
  }

  const CopySource& from_;
  const CopyTarget& to_;
  const CopyProgress& progress_;
  CopyReport report_;
  std::vector<TableRow> portion_;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<CopyReport, std::string> copy_database(const CopySource& from, const CopyTarget& to,
                                              const CopyProgress& progress) {
  const auto is_unused = to.tables.is_unused();
  if (!is_unused) return refuse("the target cannot be read: " + is_unused.error().detail);
  if (!*is_unused) return refuse(std::string("the target has been used: copy into an empty one"));
  auto report = Copy(from, to, progress).run();
  if (!report) return refuse("the copy failed: " + report.error().detail);
  return std::move(*report);
}

}  // namespace yimen::api
