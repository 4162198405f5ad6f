-- What people looked up or changed outside the journal of cases, for auditors: ids and codes only.
-- `list` is the list in which it stands: reveals of personal data, or administration.

CREATE TABLE IF NOT EXISTS audit_log (
  place        BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  jurisdiction VARCHAR(16)  NOT NULL,
  list         VARCHAR(64)  NOT NULL,
  action       VARCHAR(64)  NOT NULL,
  account      VARCHAR(64)  NOT NULL,
  subject      VARCHAR(160) NOT NULL,
  reason       VARCHAR(64)  NOT NULL,
  trace_id     VARCHAR(64)  NOT NULL,
  at           BIGINT       NOT NULL,
  KEY audit_log_by_list (jurisdiction, list, place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TRIGGER IF NOT EXISTS audit_log_is_never_updated BEFORE UPDATE ON audit_log
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit log is append-only';

CREATE TRIGGER IF NOT EXISTS audit_log_is_never_deleted BEFORE DELETE ON audit_log
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit log is append-only';
