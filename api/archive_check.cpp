#include "api/archive_check.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace yimen::api {

namespace {

// Little-endian numbers at an offset; the caller has checked that they are there.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t number = 0;
  for (std::size_t byte = length; byte > 0; --byte) {
    number = number << 8U | static_cast<unsigned char>(bytes[at + byte - 1]);
  }
  return number;
}

constexpr std::string_view end_mark("PK\5\6", 4);
constexpr std::string_view entry_mark("PK\1\2", 4);
constexpr std::string_view local_mark("PK\3\4", 4);
constexpr std::size_t end_length = 22;
constexpr std::size_t entry_length = 46;
constexpr std::size_t local_length = 30;
constexpr std::size_t comment_max = 65'535;
constexpr std::uint64_t in_zip64 = 0xffff'ffff;

struct Directory {
  std::size_t entries = 0;
  std::size_t begins = 0;
  std::size_t ends = 0;
};

struct ArchiveEntry {
  std::string_view name;
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;
  std::size_t begins = 0;  // of its local header
};

// APPNOTE 4.3.16: the end record is the last thing but a comment that fills the file exactly.
std::optional<Directory> directory_of(std::string_view bytes) {
  if (bytes.size() < end_length) return std::nullopt;
  const std::size_t first = bytes.size() - std::min(bytes.size(), end_length + comment_max);
  std::size_t at = bytes.rfind(end_mark, bytes.size() - end_length);
  for (; at != std::string_view::npos && at >= first; at = bytes.rfind(end_mark, at - 1)) {
    if (at + end_length + number_at(bytes, at + 20, 2) == bytes.size()) {
      const std::uint64_t size = number_at(bytes, at + 12, 4);
      const std::uint64_t offset = number_at(bytes, at + 16, 4);
      const bool is_one_disk = number_at(bytes, at + 4, 4) == 0;
      if (!is_one_disk || offset + size != at) return std::nullopt;
      return Directory{static_cast<std::size_t>(number_at(bytes, at + 10, 2)),
                       static_cast<std::size_t>(offset), at};
    }
    if (at == 0) break;
  }
  return std::nullopt;
}

bool is_clean(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.find('\\') != std::string_view::npos ||
      name.find(':') != std::string_view::npos || name.find('\0') != std::string_view::npos) {
    return false;
  }
  return name != ".." && !name.starts_with("../") && !name.ends_with("/..") &&
         name.find("/../") == std::string_view::npos;
}

// Stored or deflated, not encrypted, within the file, where its local header is.
std::optional<ArchiveEntry> entry_at(std::string_view bytes, std::size_t& at,
                                     const Directory& directory) {
  if (at + entry_length > directory.ends || bytes.substr(at, 4) != entry_mark) return std::nullopt;
  ArchiveEntry entry;
  const std::uint64_t flags = number_at(bytes, at + 8, 2);
  const std::uint64_t method = number_at(bytes, at + 10, 2);
  entry.packed = number_at(bytes, at + 20, 4);
  entry.unpacked = number_at(bytes, at + 24, 4);
  const auto name_length = static_cast<std::size_t>(number_at(bytes, at + 28, 2));
  const auto rest = static_cast<std::size_t>(number_at(bytes, at + 30, 2) +
                                             number_at(bytes, at + 32, 2));
  entry.begins = static_cast<std::size_t>(number_at(bytes, at + 42, 4));
  if (at + entry_length + name_length + rest > directory.ends) return std::nullopt;
  entry.name = bytes.substr(at + entry_length, name_length);
  at += entry_length + name_length + rest;
  const bool is_plain = (flags & 1U) == 0 && (method == 0 || method == 8);
  const bool is_whole = entry.packed != in_zip64 && entry.unpacked != in_zip64 &&
                        (method == 8 || entry.packed == entry.unpacked) &&
                        entry.begins + local_length + entry.packed <= directory.begins &&
                        bytes.substr(entry.begins, 4) == local_mark;
  if (!is_plain || !is_whole || !is_clean(entry.name)) return std::nullopt;
  return entry;
}

std::optional<std::vector<ArchiveEntry>> entries_of(std::string_view bytes,
                                                    const Directory& directory) {
  std::vector<ArchiveEntry> entries;
  std::size_t at = directory.begins;
  while (entries.size() < directory.entries) {
    const auto entry = entry_at(bytes, at, directory);
    if (!entry) return std::nullopt;
    entries.push_back(*entry);
  }
  if (at != directory.ends) return std::nullopt;
  return entries;
}

// Two entries that share bytes are how a small file unpacks without end.
bool overlap(std::vector<ArchiveEntry> entries) {
  std::ranges::sort(entries, {}, &ArchiveEntry::begins);
  for (std::size_t place = 1; place < entries.size(); ++place) {
    const ArchiveEntry& before = entries[place - 1];
    if (before.begins + local_length + before.packed > entries[place].begins) return true;
  }
  return false;
}

bool is_program(const ArchiveEntry& entry) {
  return entry.name.ends_with("vbaProject.bin") || entry.name.ends_with(".exe") ||
         entry.name.find("/embeddings/") != std::string_view::npos ||
         entry.name.find("/activeX/") != std::string_view::npos;
}

}  // namespace

std::string archive_problem(std::string_view bytes, std::string_view part,
                            const ArchiveLimits& limits) {
  const auto directory = directory_of(bytes);
  if (!directory || !bytes.starts_with(local_mark)) return "archive_unsound";
  if (directory->entries > limits.entries_max) return "archive_too_large";
  const auto entries = entries_of(bytes, *directory);
  if (!entries || overlap(*entries)) return "archive_unsound";
  std::uint64_t unpacked = 0;
  for (const ArchiveEntry& entry : *entries) unpacked += entry.unpacked;
  if (unpacked > limits.unpacked_bytes_max || unpacked > limits.ratio_max * bytes.size()) {
    return "archive_too_large";
  }
  if (std::ranges::any_of(*entries, is_program)) return "archive_with_programs";
  const auto has = [&](std::string_view name) {
    return std::ranges::find(*entries, name, &ArchiveEntry::name) != entries->end();
  };
  return has("[Content_Types].xml") && has(part) ? std::string() : "archive_lacks_part";
}

}  // namespace yimen::api
