-- What the workers of deadlines and of the outbox keep: who has which shard in hand, what is still
-- to be performed, and what people were told.

-- Seen until the instant to which they last asked for leases.
CREATE TABLE IF NOT EXISTS workers (
  id         VARCHAR(64) NOT NULL PRIMARY KEY,
  seen_until BIGINT      NOT NULL,
  KEY workers_by_instant (seen_until)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A shard is the last hexadecimal digit of a case's id. An effect that names another worker or
-- epoch than stands here comes too late.
CREATE TABLE IF NOT EXISTS shard_leases (
  shard      INTEGER     NOT NULL PRIMARY KEY CHECK (shard BETWEEN 0 AND 15),
  worker     VARCHAR(64) NOT NULL,
  epoch      BIGINT      NOT NULL CHECK (epoch >= 0),
  expires_at BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- All are there from the start, so that two who take the first one wait for each other.
INSERT INTO shard_leases (shard, worker, epoch, expires_at)
VALUES (0, '', 0, 0), (1, '', 0, 0), (2, '', 0, 0), (3, '', 0, 0), (4, '', 0, 0), (5, '', 0, 0),
       (6, '', 0, 0), (7, '', 0, 0), (8, '', 0, 0), (9, '', 0, 0), (10, '', 0, 0), (11, '', 0, 0),
       (12, '', 0, 0), (13, '', 0, 0), (14, '', 0, 0), (15, '', 0, 0)
ON DUPLICATE KEY UPDATE shard = VALUES(shard);

-- Effects only: the entries' own rows (ordinal 0) wait for their numbers, not for a performer.
ALTER TABLE outbox
  ADD COLUMN IF NOT EXISTS to_perform TINYINT
    AS (IF(done_at IS NULL AND ordinal > 0, 1, NULL)) VIRTUAL;

CREATE INDEX IF NOT EXISTS outbox_to_perform ON outbox (to_perform, place);

-- `mark` says what is told of: a rung or an effect of the case. It is told once to each address.
CREATE TABLE IF NOT EXISTS notifications (
  place        BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  jurisdiction VARCHAR(16)  NOT NULL,
  case_id      BINARY(36)   NOT NULL,
  mark         VARCHAR(255) NOT NULL,
  address      VARCHAR(160) NOT NULL,
  code         VARCHAR(64)  NOT NULL,
  params       LONGTEXT     NOT NULL,
  created_at   BIGINT       NOT NULL,
  by_mail      TINYINT      NOT NULL CHECK (by_mail IN (0, 1)),  -- and not yet handed over
  UNIQUE KEY notifications_by_mark (case_id, mark, address),
  KEY notifications_by_address (jurisdiction, address, place),
  KEY notifications_to_mail (by_mail, place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notifications_seen (
  account VARCHAR(64) NOT NULL,
  place   BIGINT      NOT NULL,
  seen_at BIGINT      NOT NULL,
  PRIMARY KEY (account, place),
  FOREIGN KEY (place) REFERENCES notifications (place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
