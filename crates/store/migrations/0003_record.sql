-- Records: what is kept of suppliers, contracts, requests, duties, alarms and other registers that are
-- small and whose past must be kept. A change is another version; nothing is overwritten.
CREATE TABLE record (
    province BIGINT NOT NULL,
    record {{BLOB}} NOT NULL,
    version BIGINT NOT NULL,
    operation {{BLOB}} NOT NULL,
    kind {{TEXT}} NOT NULL,
    owner {{BLOB}},
    code {{TEXT}},
    due_at BIGINT,
    open SMALLINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    content {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, record, version)
) {{KEYED}};
CREATE INDEX record_kind ON record (province, kind, recorded_at);

-- The last version of each.
CREATE TABLE record_state (
    province BIGINT NOT NULL,
    record {{BLOB}} NOT NULL,
    kind {{TEXT}} NOT NULL,
    owner {{BLOB}},
    code {{TEXT}},
    due_at BIGINT,
    open SMALLINT NOT NULL,
    version BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    content {{TEXT}} NOT NULL,
    PRIMARY KEY (province, kind, record)
) {{KEYED}};
CREATE UNIQUE INDEX record_state_code ON record_state (province, kind, code) WHERE code IS NOT NULL;
CREATE INDEX record_state_owner ON record_state (province, kind, owner, record) WHERE owner IS NOT NULL;
CREATE INDEX record_state_open ON record_state (province, kind, record) WHERE open = 1;
CREATE INDEX record_state_due ON record_state (province, kind, due_at) WHERE open = 1 AND due_at IS NOT NULL;
