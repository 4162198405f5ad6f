// Rows as every store's hot queries answer them: one order of columns, whatever the dialect. `Rows`
// is a store's own cursor.
#pragma once

#include "persistence/parameter.hpp"
#include "persistence/row_texts.hpp"
#include "persistence/store.hpp"

namespace yimen::persistence {

template <class Rows>
[[nodiscard]] TokenRow token_in(const Rows& rows) {
  TokenRow row;
  row.id = rows.text(0);
  row.token_hash = rows.text(1);
  row.account = rows.text(2);
  row.name = rows.text(3);
  row.posts = posts_in(rows.text(4));
  row.reads_only = rows.integer(5) != 0;
  row.created_at = rows.instant(6);
  row.expires_at = rows.instant(7);
  row.last_used_at = rows.instant_or_nothing(8);
  return row;
}

template <class Rows>
[[nodiscard]] DelegationRow delegation_in(const Rows& rows) {
  DelegationRow row;
  row.id = rows.text(0);
  row.account = rows.text(1);
  row.delegate = rows.text(2);
  row.post = {rows.text(3), rows.text(4)};
  row.begins_at = rows.instant(5);
  row.ends_at = rows.instant(6);
  row.created_by = rows.text(7);
  row.created_at = rows.instant(8);
  return row;
}

template <class Rows>
[[nodiscard]] DueRung due_rung_in(const Rows& rows) {
  return {{rows.text(0), rows.text(1), rows.integer(2), rows.text(3)},
          static_cast<int>(rows.integer(4)),
          rows.instant(5)};
}

template <class Rows>
[[nodiscard]] Notification notification_in(const Rows& rows) {
  return {rows.integer(0), rows.text(1),    rows.text(2),    rows.text(3),
          rows.text(4),    rows.text(5),    rows.instant(6), rows.instant_or_nothing(8),
          rows.integer(7) != 0};
}

template <class Rows>
[[nodiscard]] CaseNews case_news_in(const Rows& rows) {
  return {rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3), names_in(rows.text(4))};
}

template <class Rows>
[[nodiscard]] Told told_in(const Rows& rows) {
  return {rows.integer(0), rows.text(1)};
}

template <class Rows>
[[nodiscard]] CaseSummary summary_in(const Rows& rows) {
  CaseSummary row;
  row.id = rows.text(0);
  row.procedure = rows.text(1);
  row.number = rows.text(2);
  row.state = rows.text(3);
  row.category = rows.text(4);
  row.village = rows.text(5);
  row.department = rows.text(6);
  row.holder_unit = rows.text(7);
  row.holder_person = rows.text(8);
  row.emergency = rows.integer(9) != 0;
  row.is_closed = rows.integer(10) != 0;
  row.revision = rows.integer(11);
  row.opened_at = rows.instant(12);
  row.state_since = rows.instant(13);
  if (rows.integer(14) != never) row.due_at = rows.instant(14);
  row.suspended_at = rows.instant_or_nothing(15);
  row.subject = rows.text(16);
  row.waits_for = names_in(rows.text(17));
  return row;
}

template <class Rows>
[[nodiscard]] PersonRow person_in(const Rows& rows) {
  PersonRow row;
  row.id = rows.text(0);
  row.household = rows.text(1);
  row.village = rows.text(2);
  row.sealed = rows.text(3);
  row.identity_index = rows.text(4);
  row.wrapped_key = rows.text(5);
  row.created_at = rows.instant(6);
  row.name_tokens = names_in(rows.text(7));
  return row;
}

template <class Rows>
[[nodiscard]] AttachmentRow attachment_in(const Rows& rows) {
  AttachmentRow row;
  row.id = rows.text(0);
  row.case_id = rows.text(1);
  row.sequence = rows.integer(2);
  row.document_kind = rows.text(3);
  row.content_type = rows.text(4);
  row.size = rows.integer(5);
  row.chunks = static_cast<int>(rows.integer(6));
  row.digest = rows.text(7);
  row.sealed_name = rows.text(8);
  row.account = rows.text(9);
  row.created_at = rows.instant(10);
  return row;
}

template <class Rows>
[[nodiscard]] BatchRow batch_row_in(const Rows& rows) {
  BatchRow row;
  row.id = rows.text(0);
  row.key = {rows.text(1), rows.text(2), rows.text(3)};
  if (std::string results = rows.text(4); !results.empty()) row.results = std::move(results);
  row.created_at = rows.instant(5);
  return row;
}

}  // namespace yimen::persistence
