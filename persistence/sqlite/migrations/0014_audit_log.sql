-- What people looked up or changed outside the journal of cases, for auditors: ids and codes only.
-- `list` is the list in which it stands: reveals of personal data, or administration.

CREATE TABLE audit_log (
  place        INTEGER PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  list         TEXT    NOT NULL,
  action       TEXT    NOT NULL,
  account      TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  trace_id     TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_log_by_list ON audit_log (jurisdiction, list, place);

CREATE TRIGGER audit_log_is_never_updated BEFORE UPDATE ON audit_log
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
