-- Works of a stage in the whole province, in the order of their days: a page of a list is a piece of this index.
CREATE INDEX work_stage_due ON work (province, stage, due_at, record);

-- What works come to in a period, by whose they are and how they stand. `at` keeps apart what depends on the
-- present: the deadline, 0 where time changes nothing. `amount` is what is added up, in seconds.
CREATE TABLE work_sum (
    province BIGINT NOT NULL,
    period {{TEXT}} NOT NULL,
    body {{BLOB}} NOT NULL,
    name {{TEXT}} NOT NULL,
    verdict {{TEXT}} NOT NULL,
    at BIGINT NOT NULL,
    works BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (province, period, body, name, verdict, at)
) {{KEYED}};
