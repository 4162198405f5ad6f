-- What the workers of deadlines and of the outbox keep: who has which shard in hand, what is still
-- to be performed, and what people were told.

-- Seen until the instant to which they last asked for leases.
CREATE TABLE workers (
  id         TEXT    NOT NULL PRIMARY KEY,
  seen_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A shard is the last hexadecimal digit of a case's id. An effect that names another worker or
-- epoch than stands here comes too late.
CREATE TABLE shard_leases (
  shard      INTEGER NOT NULL PRIMARY KEY CHECK (shard BETWEEN 0 AND 15),
  worker     TEXT    NOT NULL,
  epoch      INTEGER NOT NULL CHECK (epoch > 0),
  expires_at INTEGER NOT NULL
) STRICT;

-- Effects only: the entries' own rows (ordinal 0) wait for their numbers, not for a performer.
CREATE INDEX outbox_to_perform ON outbox (place) WHERE done_at IS NULL AND ordinal > 0;

-- `mark` says what is told of: a rung or an effect of the case. It is told once to each address.
CREATE TABLE notifications (
  place        INTEGER PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  case_id      TEXT    NOT NULL REFERENCES cases (id),
  mark         TEXT    NOT NULL,
  address      TEXT    NOT NULL,
  code         TEXT    NOT NULL,
  params       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  by_mail      INTEGER NOT NULL CHECK (by_mail IN (0, 1)),  -- and not yet handed over
  UNIQUE (case_id, mark, address)
) STRICT;

CREATE INDEX notifications_by_address ON notifications (jurisdiction, address, place);
CREATE INDEX notifications_to_mail    ON notifications (place) WHERE by_mail = 1;

CREATE TABLE notifications_seen (
  account TEXT    NOT NULL,
  place   INTEGER NOT NULL REFERENCES notifications (place),
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, place)
) STRICT, WITHOUT ROWID;
