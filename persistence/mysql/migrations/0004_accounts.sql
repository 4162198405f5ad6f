-- Who may log in, in which posts, and the sessions that are open.

CREATE TABLE IF NOT EXISTS accounts (
  id            CHAR(36)     NOT NULL PRIMARY KEY,
  name          VARCHAR(128) NOT NULL,
  display_name  VARCHAR(512) NOT NULL,
  password_hash VARCHAR(512) NOT NULL,
  is_active     TINYINT      NOT NULL CHECK (is_active IN (0, 1)),
  failures      INTEGER      NOT NULL CHECK (failures >= 0),
  locked_until  BIGINT,
  created_at    BIGINT       NOT NULL,
  UNIQUE KEY accounts_by_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS account_posts (
  account CHAR(36)    NOT NULL,
  post    VARCHAR(64) NOT NULL,
  unit    VARCHAR(64) NOT NULL,
  PRIMARY KEY (account, post, unit),
  KEY account_posts_by_unit (unit, post, account),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sessions (
  token_hash CHAR(64) NOT NULL PRIMARY KEY,
  account    CHAR(36) NOT NULL,
  is_bearer  TINYINT  NOT NULL CHECK (is_bearer IN (0, 1)),
  created_at BIGINT   NOT NULL,
  seen_at    BIGINT   NOT NULL,
  expires_at BIGINT   NOT NULL,
  KEY sessions_by_account (account),
  KEY sessions_by_expiry (expires_at),
  FOREIGN KEY (account) REFERENCES accounts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
