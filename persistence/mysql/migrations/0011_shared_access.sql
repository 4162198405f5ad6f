-- What processes on one database must agree upon about who may come in.

-- Grows with every change of the account, so that no change takes another one back, whichever
-- process makes it.
ALTER TABLE accounts
  ADD COLUMN IF NOT EXISTS revision BIGINT NOT NULL DEFAULT 1 CHECK (revision > 0);

-- Whether the account does anything else before it has chosen its own password.
ALTER TABLE accounts
  ADD COLUMN IF NOT EXISTS must_change_password TINYINT NOT NULL DEFAULT 0
    CHECK (must_change_password IN (0, 1));

-- What locks a name is in login_tallies.
ALTER TABLE accounts DROP COLUMN IF EXISTS failures, DROP COLUMN IF EXISTS locked_until;

-- `access` grows with every change of accounts and delegations and with every session or token that
-- is ended. Whoever raises it goes on alone until the end of their transaction.
CREATE TABLE IF NOT EXISTS counters (
  name  VARCHAR(32) NOT NULL PRIMARY KEY,
  value BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO counters (name, value) VALUES ('access', 0), ('outbox', 0)
ON DUPLICATE KEY UPDATE name = VALUES(name);

-- Attempts to log in by names and by addresses. A slot is a short digest that many could share, so
-- that it tells neither and there are not too many of them.
CREATE TABLE IF NOT EXISTS login_tallies (
  slot  VARCHAR(32) NOT NULL PRIMARY KEY,
  value BIGINT      NOT NULL,
  at    BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
