-- Persons and households. Names, numbers and addresses are sealed; they are found by keyed hashes.

CREATE TABLE IF NOT EXISTS persons (
  id             CHAR(36)     NOT NULL PRIMARY KEY,
  jurisdiction   VARCHAR(16)  NOT NULL,
  household      VARCHAR(64)  NOT NULL,
  village        VARCHAR(64)  NOT NULL,
  sealed         LONGBLOB     NOT NULL,
  identity_index VARCHAR(128),            -- null where the number is not known
  wrapped_key    BLOB         NOT NULL,
  created_at     BIGINT       NOT NULL,
  UNIQUE KEY persons_by_identity (jurisdiction, identity_index),
  KEY persons_by_household (jurisdiction, household, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS person_name_tokens (
  jurisdiction VARCHAR(16)  NOT NULL,
  token        VARCHAR(128) NOT NULL,
  person       CHAR(36)     NOT NULL,
  PRIMARY KEY (jurisdiction, token, person),
  KEY person_name_tokens_by_person (person, token),
  FOREIGN KEY (person) REFERENCES persons (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS households (
  id           CHAR(36)    NOT NULL PRIMARY KEY,
  jurisdiction VARCHAR(16) NOT NULL,
  village      VARCHAR(64) NOT NULL,
  sealed       LONGBLOB    NOT NULL,
  head         VARCHAR(64) NOT NULL,
  created_at   BIGINT      NOT NULL,
  KEY households_by_village (jurisdiction, village, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
