#include "api/audit_views.hpp"

#include <array>

#include "api/resources/titles.hpp"
#include "workflow/entry.hpp"

namespace yimen::api {

namespace {

using persistence::AuditLine;
using persistence::AuditOutcome;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr std::array<std::string_view, persistence::audit_outcomes> outcome_names{
    "done_in_time", "done_late", "open_in_time", "open_late", "withdrawn", "withdrawn_late"};

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string address_of(const std::string& case_id) { return "/v1/cases/" + case_id; }

}  // namespace

void AuditCounts::add(const persistence::AuditFigure& figure) {
  by_outcome[static_cast<std::size_t>(figure.outcome)] += figure.count;
  if (!figure.late_with.empty()) late_with[figure.late_with] += figure.count;
}

std::string unit_name(const std::string& unit, const Reader& reader) {
  const definitions::Unit* known = reader.rulebook.organisation().unit(unit);
  return known != nullptr ? resources::title_in(known->title, reader.language) : unit;
}

std::string audit_key_name(const std::string& by, const std::string& key, const Reader& reader) {
  const http::Texts& texts = reader.rulebook.texts();
  if (key.empty()) return texts.text(reader.language, "audit.none");
  if (by == "department" || by == "village") return unit_name(key, reader);
  if (by == "category") return texts.text(reader.language, "category." + key);
  return texts.text(reader.language, "audit.month",
                    {{"year", key.substr(0, 4)}, {"month", key.substr(5)}});
}

Object audit_counts_view(const AuditCounts& counts, AuditAsk ask, const Reader& reader) {
  const auto of = [&](AuditOutcome outcome) {
    return counts.by_outcome[static_cast<std::size_t>(outcome)];
  };
  const auto number = [&](std::string outcome, std::int64_t count) {
    ask.outcome = std::move(outcome);
    return Object{{"count", count}, {"cases", link_to_lines(ask)}};
  };
  const std::int64_t done_in_time = of(AuditOutcome::done_in_time);
  const std::int64_t done_late = of(AuditOutcome::done_late);
  const std::int64_t open_in_time = of(AuditOutcome::open_in_time);
  const std::int64_t open_late = of(AuditOutcome::open_late);
  const std::int64_t withdrawn_late = of(AuditOutcome::withdrawn_late);
  const std::int64_t received = done_in_time + done_late + open_in_time + open_late;
  Object view{
      {"received", number("received", received)},
      {"done_in_time", number("done_in_time", done_in_time)},
      {"done_late", number("done_late", done_late)},
      {"open_in_time", number("open_in_time", open_in_time)},
      {"open_late", number("open_late", open_late)},
      {"withdrawn", number("withdrawn", of(AuditOutcome::withdrawn) + withdrawn_late)},
      {"withdrawn_late", number("withdrawn_late", withdrawn_late)},
      {"performance", percentage(done_in_time + open_in_time, received)},
      {"closed_rate", percentage(done_in_time, done_in_time + done_late)}};
  Array late_by_holder;
  for (const auto& [unit, count] : counts.late_with) {
    ask.held_by = unit;
    late_by_holder.emplace_back(Object{
        {"unit", unit}, {"name", unit_name(unit, reader)}, {"late", number("late", count)}});
  }
  view.set("late_by_holder", std::move(late_by_holder));
  return view;
}

Value percentage(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  std::int64_t tenths = (part * 2'000 + whole) / (2 * whole);
  if (part < whole && tenths == 1'000) tenths = 999;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

Value instant_or_null(const std::optional<workflow::Instant>& at) {
  return at ? Value(workflow::to_text(*at)) : Value();
}

Value audit_actor_view(const workflow::Actor& actor) {
  if (actor.level == "system") return {};
  return Object{{"person", actor.person}, {"post", actor.post}, {"unit", actor.unit}};
}

Value audit_line_view(const AuditLine& line) {
  const persistence::AuditClock& clock = line.clock;
  return Object{{"case", address_of(line.case_id)},
                {"id", line.case_id},
                {"number", line.number},
                {"procedure", line.procedure},
                {"state", line.state},
                {"category", clock.facts.category},
                {"department", clock.facts.department},
                {"village", clock.facts.village},
                {"clock", clock.clock},
                {"clock_state", clock.state},
                {"started_at", workflow::to_text(clock.started_at)},
                {"due_at", workflow::to_text(clock.due_at)},
                {"stopped_at", instant_or_null(clock.stopped_at)},
                {"suspended", !clock.stopped_at && clock.is_late.has_value()},
                {"outcome", outcome_names[static_cast<std::size_t>(line.outcome)]},
                {"reopened", clock.is_reopened},
                {"holder_at_due", text_or_null(line.late_with)},
                {"late_reason", text_or_null(line.late_reason)}};
}

Value chain_page_view(const ChainPage& page) {
  Array broken;
  for (const BrokenChain& chain : page.broken) {
    broken.emplace_back(Object{
        {"case", address_of(chain.case_id)},
        {"id", chain.case_id},
        {"sequence", chain.sequence != 0 ? Value(chain.sequence) : Value()}});
  }
  return Object{{"cases", page.cases},
                {"entries", page.entries},
                {"broken", std::move(broken)},
                {"next", page.next}};
}

Value audited_act_view(const persistence::AuditedAct& act) {
  return Object{{"at", workflow::to_text(act.at)}, {"action", act.action},
                {"by", act.account},               {"subject", act.subject},
                {"reason", act.reason},            {"trace_id", act.trace_id}};
}

Value audit_mark_view(const persistence::AuditMarkLine& line) {
  const auto value = workflow::parse(line.entry);
  const workflow::Entry entry = value ? workflow::entry_from(*value) : workflow::Entry{};
  return Object{{"case", address_of(line.case_id)},
                {"id", line.case_id},
                {"number", line.number},
                {"category", line.row.facts.category},
                {"department", line.row.facts.department},
                {"village", line.row.facts.village},
                {"at", workflow::to_text(line.row.recorded_at)},
                {"sequence", line.row.sequence},
                {"kind", line.row.mark.kind},
                {"event", entry.event},
                {"by", audit_actor_view(entry.actor)},
                {"details", entry.data}};
}

}  // namespace yimen::api
