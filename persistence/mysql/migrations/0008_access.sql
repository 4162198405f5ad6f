-- Tokens of machines, and who covers for whom.

CREATE TABLE IF NOT EXISTS tokens (
  id           CHAR(36)     NOT NULL PRIMARY KEY,
  token_hash   CHAR(64)     NOT NULL,
  account      CHAR(36)     NOT NULL,
  name         VARCHAR(512) NOT NULL,
  posts        LONGTEXT     NOT NULL,  -- JSON: [[post, unit] …], a subset of the account's
  reads_only   TINYINT      NOT NULL CHECK (reads_only IN (0, 1)),
  created_at   BIGINT       NOT NULL,
  expires_at   BIGINT       NOT NULL,
  last_used_at BIGINT,
  UNIQUE KEY tokens_by_hash (token_hash),
  KEY tokens_by_account (account, id),
  CHECK (expires_at > created_at),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS delegations (
  id         CHAR(36)    NOT NULL PRIMARY KEY,
  account    CHAR(36)    NOT NULL,  -- who holds the post
  delegate   CHAR(36)    NOT NULL,
  post       VARCHAR(64) NOT NULL,
  unit       VARCHAR(64) NOT NULL,
  begins_at  BIGINT      NOT NULL,
  ends_at    BIGINT      NOT NULL,
  created_by VARCHAR(64) NOT NULL,
  created_at BIGINT      NOT NULL,
  KEY delegations_by_account (account, ends_at),
  KEY delegations_by_delegate (delegate, ends_at),
  CHECK (ends_at > begins_at),
  CHECK (account <> delegate),
  FOREIGN KEY (account) REFERENCES accounts (id),
  FOREIGN KEY (delegate) REFERENCES accounts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
