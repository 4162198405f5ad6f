-- Documents of cases, in chunks, and batches of commands.

-- A row is there once the entry that puts the document on record is: both are of one transaction.
CREATE TABLE IF NOT EXISTS attachments (
  id            CHAR(36)     NOT NULL PRIMARY KEY,
  case_id       BINARY(36)   NOT NULL,
  sequence      BIGINT       NOT NULL,
  document_kind VARCHAR(64)  NOT NULL,
  content_type  VARCHAR(128) NOT NULL,
  size          BIGINT       NOT NULL CHECK (size > 0),
  chunks        INTEGER      NOT NULL CHECK (chunks > 0),
  digest        CHAR(64)     NOT NULL,
  sealed_name   BLOB         NOT NULL,  -- the file's name, under the key of the case's person
  account       VARCHAR(64)  NOT NULL,
  created_at    BIGINT       NOT NULL,
  UNIQUE KEY attachments_of_case (case_id, sequence)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Written ahead of their attachment's row, one a transaction, so that no large document holds up
-- the commits of others.
CREATE TABLE IF NOT EXISTS attachment_chunks (
  attachment CHAR(36) NOT NULL,
  number     INTEGER  NOT NULL CHECK (number >= 0),
  sealed     LONGBLOB NOT NULL,
  PRIMARY KEY (attachment, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Attachments whose row is still to come: what is left of them is swept away once it is old.
CREATE TABLE IF NOT EXISTS attachment_uploads (
  attachment CHAR(36) NOT NULL PRIMARY KEY,
  begun_at   BIGINT   NOT NULL,
  KEY attachment_uploads_by_age (begun_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- `results` is null until every item has its answer; codes and figures, no personal values.
CREATE TABLE IF NOT EXISTS batches (
  id             CHAR(36)       NOT NULL PRIMARY KEY,
  account        VARCHAR(64)    NOT NULL,
  `key`          VARBINARY(512) NOT NULL,
  request_digest VARCHAR(64)    NOT NULL,
  results        LONGTEXT,
  created_at     BIGINT         NOT NULL,
  UNIQUE KEY batches_by_key (account, `key`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
