-- Persons and households. Names, numbers and addresses are sealed; they are found by keyed hashes.

CREATE TABLE persons (
  id             TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  jurisdiction   TEXT    NOT NULL,
  household      TEXT    NOT NULL,
  village        TEXT    NOT NULL,
  sealed         BLOB    NOT NULL,
  identity_index TEXT    NOT NULL,  -- empty where the number is not known
  wrapped_key    BLOB    NOT NULL,
  created_at     INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX persons_by_identity  ON persons (jurisdiction, identity_index)
  WHERE identity_index <> '';
CREATE INDEX        persons_by_household ON persons (jurisdiction, household, id);

CREATE TABLE person_name_tokens (
  jurisdiction TEXT NOT NULL,
  token        TEXT NOT NULL,
  person       TEXT NOT NULL REFERENCES persons (id),
  PRIMARY KEY (jurisdiction, token, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_name_tokens_by_person ON person_name_tokens (person, token);

CREATE TABLE households (
  id           TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  jurisdiction TEXT    NOT NULL,
  village      TEXT    NOT NULL,
  sealed       BLOB    NOT NULL,
  head         TEXT    NOT NULL,
  created_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX households_by_village ON households (jurisdiction, village, id);
