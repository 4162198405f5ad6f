-- What a step writes for the lists, on fewer pages: each row that a commit touches at random costs a
-- page of the log and a page of the database.

DROP INDEX case_units_by_due;
DROP INDEX case_units_by_opened;

-- Who may see a case, once in the order of either list; not by case: a commit knows the units.
CREATE TABLE case_units_by_due (
  jurisdiction TEXT    NOT NULL,
  unit         TEXT    NOT NULL,
  is_closed    INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  case_id      TEXT    NOT NULL REFERENCES cases (id),
  PRIMARY KEY (jurisdiction, unit, is_closed, due_at, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_units_by_opened (
  jurisdiction TEXT    NOT NULL,
  unit         TEXT    NOT NULL,
  is_closed    INTEGER NOT NULL,
  opened_at    INTEGER NOT NULL,
  case_id      TEXT    NOT NULL REFERENCES cases (id),
  PRIMARY KEY (jurisdiction, unit, is_closed, opened_at, case_id)
) STRICT, WITHOUT ROWID;

INSERT INTO case_units_by_due (jurisdiction, unit, is_closed, due_at, case_id)
SELECT jurisdiction, unit, is_closed, due_at, case_id FROM case_units ORDER BY 1, 2, 3, 4, 5;

INSERT INTO case_units_by_opened (jurisdiction, unit, is_closed, opened_at, case_id)
SELECT jurisdiction, unit, is_closed, opened_at, case_id FROM case_units ORDER BY 1, 2, 3, 4, 5;

DROP TABLE case_units;

CREATE TABLE persons_of_cases (
  jurisdiction TEXT NOT NULL,
  person       TEXT NOT NULL,
  case_id      TEXT NOT NULL REFERENCES cases (id),
  role         TEXT NOT NULL,
  PRIMARY KEY (jurisdiction, person, case_id, role)
) STRICT, WITHOUT ROWID;

INSERT INTO persons_of_cases (jurisdiction, person, case_id, role)
SELECT jurisdiction, person, case_id, role FROM case_persons ORDER BY 1, 2, 3, 4;

DROP TABLE case_persons;
ALTER TABLE persons_of_cases RENAME TO case_persons;

-- What lies with a unit, by due date; and all that the board counts, so that it need not look at
-- the rows.
DROP INDEX cases_on_board;
CREATE INDEX cases_by_holder
  ON cases (jurisdiction, is_closed, holder_unit, due_at, id, procedure, state, suspended_at,
            state_since);
