-- What records are found by beyond their key: words, links, what is to be done by whom. The desk works it
-- out when it writes a version; here is what each version changed, from which the tables below are made.
CREATE TABLE finding (
    province BIGINT NOT NULL,
    record {{BLOB}} NOT NULL,
    version BIGINT NOT NULL,
    operation {{BLOB}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    place BIGINT,
    content {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, record, version)
) {{KEYED}};

-- Where a record stands in its index: places rise with the month, and in it with the order of entry.
CREATE TABLE found (
    province BIGINT NOT NULL,
    kind {{TEXT}} NOT NULL,
    place BIGINT NOT NULL,
    record {{BLOB}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (province, kind, place)
) {{KEYED}};
CREATE UNIQUE INDEX found_record ON found (province, record);

-- Which of the 512 places of a block have a term.
CREATE TABLE found_term (
    province BIGINT NOT NULL,
    kind {{TEXT}} NOT NULL,
    term {{TEXT}} NOT NULL,
    block BIGINT NOT NULL,
    size BIGINT NOT NULL,
    members {{BLOB}} NOT NULL,
    PRIMARY KEY (province, kind, term, block)
) {{KEYED}};

-- Who names whom: `target` is a number as it is compared, not a record, which may come later or never.
CREATE TABLE found_link (
    province BIGINT NOT NULL,
    target {{TEXT}} NOT NULL,
    record {{BLOB}} NOT NULL,
    role {{TEXT}} NOT NULL,
    PRIMARY KEY (province, target, record, role)
) {{KEYED}};
CREATE INDEX found_link_record ON found_link (province, record, target, role);

-- What is to be done: whose, who works on it, how far it is, until when, out of what it came.
CREATE TABLE work (
    province BIGINT NOT NULL,
    record {{BLOB}} NOT NULL,
    body {{BLOB}} NOT NULL,
    holder {{BLOB}},
    stage {{TEXT}} NOT NULL,
    open SMALLINT NOT NULL,
    due_at BIGINT NOT NULL,
    origin {{BLOB}},
    PRIMARY KEY (province, record)
) {{KEYED}};
CREATE INDEX work_due ON work (province, open, due_at, record);
CREATE INDEX work_body ON work (province, body, open, due_at, record);
CREATE INDEX work_stage ON work (province, body, stage, due_at, record);
CREATE INDEX work_holder ON work (province, holder, open, due_at, record) WHERE holder IS NOT NULL;
CREATE INDEX work_origin ON work (province, origin, open, record) WHERE origin IS NOT NULL;

-- How much of it each body has in each stage.
CREATE TABLE work_count (
    province BIGINT NOT NULL,
    body {{BLOB}} NOT NULL,
    stage {{TEXT}} NOT NULL,
    works BIGINT NOT NULL,
    PRIMARY KEY (province, body, stage)
) {{KEYED}};

-- How much of it is open in each stage, by the start of the day it is due; what has no day is not here.
CREATE TABLE work_day (
    province BIGINT NOT NULL,
    stage {{TEXT}} NOT NULL,
    due_day BIGINT NOT NULL,
    works BIGINT NOT NULL,
    PRIMARY KEY (province, stage, due_day)
) {{KEYED}};
