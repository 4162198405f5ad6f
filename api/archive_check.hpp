// Office documents are ZIP archives: whether one is sound, small enough to be opened, and free of
// programs. Only its directory is read; nothing is unpacked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yimen::api {

struct ArchiveLimits {
  std::size_t entries_max = 2'000;
  std::uint64_t unpacked_bytes_max = 200u << 20u;
  std::uint64_t ratio_max = 100;  // unpacked to packed, of the whole archive
};

// archive_unsound, archive_too_large, archive_with_programs, or archive_lacks_part where there is
// no entry `part`; empty for a document that may be kept.
[[nodiscard]] std::string archive_problem(std::string_view bytes, std::string_view part,
                                          const ArchiveLimits& limits = {});

}  // namespace yimen::api
