-- Of the audit's indexes only the key serves a search by key: PostgreSQL plans while a table is small,
-- sees no difference between an index that has both columns and one that has `province` alone, and
-- keeps the plan it took; sealing then walked the whole audit for every row.
DROP INDEX audit_seq;
CREATE UNIQUE INDEX audit_seq ON audit (province, seq) WHERE seq IS NOT NULL;
DROP INDEX audit_high;
CREATE INDEX audit_high ON audit (province, high, seq) WHERE high IS NOT NULL;

-- The newest report of a facility is the first of the index, with nothing left to sort.
DROP INDEX report_facility;
CREATE INDEX report_facility ON report (province, facility, happened_at, id);
