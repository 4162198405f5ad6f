-- The editions and calendars that entries name by their digests, kept for ever.

CREATE TABLE IF NOT EXISTS editions (
  digest      CHAR(64)    NOT NULL PRIMARY KEY,
  `procedure` VARCHAR(64) NOT NULL,
  bytes       LONGBLOB    NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS calendars (
  digest CHAR(64) NOT NULL PRIMARY KEY,
  bytes  LONGBLOB NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
