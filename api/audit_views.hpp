// What auditors are answered, as JSON in the reader's language.
#pragma once

#include <array>
#include <map>

#include "api/audit_commands.hpp"
#include "api/audit_queries.hpp"
#include "api/rulebook.hpp"
#include "workflow/case.hpp"

namespace yimen::api {

// Counts by outcome, and the late ones by the unit that held them as they ran out.
struct AuditCounts {
  std::array<std::int64_t, persistence::audit_outcomes> by_outcome{};
  std::map<std::string, std::int64_t> late_with;

  void add(const persistence::AuditFigure& figure);
};

struct Reader {
  const Rulebook& rulebook;
  http::Language language;
};

// A unit's title, or its code where it is not known any more.
[[nodiscard]] std::string unit_name(const std::string& unit, const Reader& reader);
// The word for a key of a grouping.
[[nodiscard]] std::string audit_key_name(const std::string& by, const std::string& key,
                                         const Reader& reader);

// Each number with the address of its lines; `ask` names the group already.
[[nodiscard]] workflow::Object audit_counts_view(const AuditCounts& counts, AuditAsk ask,
                                                 const Reader& reader);
// A share in per cent with one decimal, never rounded up to 100; null of nothing.
[[nodiscard]] workflow::Value percentage(std::int64_t part, std::int64_t whole);

[[nodiscard]] workflow::Value instant_or_null(const std::optional<workflow::Instant>& at);
// Null for the system, which acts for nobody.
[[nodiscard]] workflow::Value audit_actor_view(const workflow::Actor& actor);
[[nodiscard]] workflow::Value audit_line_view(const persistence::AuditLine& line);
[[nodiscard]] workflow::Value chain_page_view(const ChainPage& page);
[[nodiscard]] workflow::Value audited_act_view(const persistence::AuditedAct& act);
[[nodiscard]] workflow::Value audit_mark_view(const persistence::AuditMarkLine& line);

}  // namespace yimen::api
