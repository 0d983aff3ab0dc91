-- Reference tables: the same for every province, small; on Citus they are copied to every node.

CREATE TABLE command_post (
    province BIGINT NOT NULL PRIMARY KEY,
    name {{TEXT}} NOT NULL,
    area_code {{TEXT}} NOT NULL,
    state {{TEXT}} NOT NULL,
    opened_on {{TEXT}} NOT NULL,
    closed_on {{TEXT}}
);

CREATE TABLE area (
    code {{TEXT}} NOT NULL,
    valid_from {{TEXT}} NOT NULL,
    valid_to {{TEXT}},
    name {{TEXT}} NOT NULL,
    level {{TEXT}} NOT NULL,
    parent {{TEXT}},
    successors {{TEXT}} NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    PRIMARY KEY (code, valid_from)
);

CREATE TABLE setting (
    name {{TEXT}} NOT NULL PRIMARY KEY,
    value {{TEXT}} NOT NULL
);

-- Everything below is keyed by the command post first.

CREATE TABLE account (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    login {{TEXT}} NOT NULL,
    display_name {{TEXT}} NOT NULL,
    password_hash {{TEXT}} NOT NULL,
    roles {{TEXT}} NOT NULL,
    area_code {{TEXT}},
    bodies {{TEXT}} NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE UNIQUE INDEX account_login ON account (province, login);
-- Who signs in types no province.
CREATE INDEX account_any_login ON account (login);

CREATE TABLE session (
    province BIGINT NOT NULL,
    token_digest {{BLOB}} NOT NULL,
    account {{BLOB}} NOT NULL,
    kind {{TEXT}} NOT NULL,
    csrf {{TEXT}} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (province, token_digest)
) {{KEYED}};
CREATE INDEX session_account ON session (province, account);

CREATE TABLE body (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    code {{TEXT}} NOT NULL,
    name {{TEXT}} NOT NULL,
    sort_key {{BLOB}} NOT NULL,
    search_key {{TEXT}} NOT NULL,
    kind {{TEXT}} NOT NULL,
    level {{TEXT}} NOT NULL,
    ownership {{TEXT}} NOT NULL,
    parent {{BLOB}},
    area_code {{TEXT}},
    valid_from {{TEXT}} NOT NULL,
    valid_to {{TEXT}},
    successors {{TEXT}} NOT NULL,
    simulated SMALLINT NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE UNIQUE INDEX body_code ON body (province, code);

CREATE TABLE facility (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    tier BIGINT,
    state {{TEXT}} NOT NULL,
    beds_planned BIGINT,
    beds_open BIGINT,
    oxygen_beds BIGINT,
    icu_beds BIGINT,
    PRIMARY KEY (province, id)
) {{KEYED}};

CREATE TABLE appointment (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    body {{BLOB}} NOT NULL,
    person {{BLOB}} NOT NULL,
    person_name {{TEXT}} NOT NULL,
    post {{TEXT}} NOT NULL,
    phone {{TEXT}},
    from_at BIGINT NOT NULL,
    to_at BIGINT,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX appointment_body ON appointment (province, body);

CREATE TABLE absence (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    person {{BLOB}} NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT,
    PRIMARY KEY (province, id)
) {{KEYED}};

CREATE TABLE oxygen_store (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    facility {{BLOB}} NOT NULL,
    label {{TEXT}} NOT NULL,
    position BIGINT NOT NULL,
    specification {{TEXT}} NOT NULL,
    valid_from {{TEXT}} NOT NULL,
    valid_to {{TEXT}},
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX oxygen_store_facility ON oxygen_store (province, facility);

CREATE TABLE norm_override (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    content {{TEXT}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};

-- Ledgers: appended, never changed. `digest` covers the row; the audit covers the digests.

CREATE TABLE report (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    facility {{BLOB}} NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    source {{TEXT}} NOT NULL,
    told_by {{TEXT}},
    note {{TEXT}},
    photo {{BLOB}},
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX report_facility ON report (province, facility, happened_at);

CREATE TABLE reading (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    report {{BLOB}},
    store {{BLOB}} NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    made_per_hour BIGINT,
    typed_text {{TEXT}},
    typed_value DOUBLE PRECISION,
    unit {{TEXT}},
    reference {{TEXT}},
    purity BIGINT,
    full_count BIGINT,
    part_count BIGINT,
    empty_count BIGINT,
    damaged_count BIGINT,
    source {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX reading_store ON reading (province, store, happened_at);

CREATE TABLE movement (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    report {{BLOB}},
    store {{BLOB}} NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    kind {{TEXT}} NOT NULL,
    grams BIGINT NOT NULL,
    typed_text {{TEXT}},
    typed_value DOUBLE PRECISION,
    unit {{TEXT}},
    reference {{TEXT}},
    purity BIGINT,
    full_change BIGINT,
    part_change BIGINT,
    empty_change BIGINT,
    damaged_change BIGINT,
    counterpart {{BLOB}},
    source {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX movement_store ON movement (province, store, happened_at);

CREATE TABLE census (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    report {{BLOB}},
    facility {{BLOB}} NOT NULL,
    happened_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    mask BIGINT NOT NULL,
    hfnc BIGINT NOT NULL,
    niv BIGINT NOT NULL,
    invasive BIGINT NOT NULL,
    ecmo BIGINT NOT NULL,
    waiting BIGINT,
    source {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX census_facility ON census (province, facility, happened_at);

CREATE TABLE reversal (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    target {{BLOB}} NOT NULL,
    replacement {{BLOB}},
    reason {{TEXT}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE UNIQUE INDEX reversal_target ON reversal (province, target);

CREATE TABLE case_count (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    operation {{BLOB}} NOT NULL,
    area_code {{TEXT}} NOT NULL,
    week_ending {{TEXT}} NOT NULL,
    cases BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    source {{TEXT}} NOT NULL,
    digest {{BLOB}} NOT NULL,
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX case_count_week ON case_count (province, area_code, week_ending);

-- The audit: one row an operation, in its transaction. The sealer fills in the last three
-- columns afterwards, so that writers do not queue behind the chain.

CREATE TABLE audit (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    domain_at BIGINT NOT NULL,
    actor {{BLOB}},
    action {{TEXT}} NOT NULL,
    subject {{BLOB}},
    detail {{TEXT}} NOT NULL,
    content {{BLOB}} NOT NULL,
    seq BIGINT,
    high BIGINT,
    chain {{BLOB}},
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE INDEX audit_unsealed ON audit (province, id) WHERE seq IS NULL;
CREATE UNIQUE INDEX audit_seq ON audit (province, seq);
CREATE INDEX audit_high ON audit (province, high, seq);

CREATE TABLE idempotency (
    province BIGINT NOT NULL,
    account {{BLOB}} NOT NULL,
    key {{TEXT}} NOT NULL,
    request {{BLOB}} NOT NULL,
    answer {{TEXT}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (province, account, key)
) {{KEYED}};
CREATE INDEX idempotency_age ON idempotency (province, recorded_at);

CREATE TABLE blob (
    province BIGINT NOT NULL,
    sha256 {{BLOB}} NOT NULL,
    media_type {{TEXT}} NOT NULL,
    content {{BLOB}} NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (province, sha256)
);

CREATE TABLE job (
    province BIGINT NOT NULL,
    id {{BLOB}} NOT NULL,
    kind {{TEXT}} NOT NULL,
    payload {{TEXT}} NOT NULL,
    due_at BIGINT NOT NULL,
    every BIGINT,
    lease_until BIGINT,
    fence BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_error {{TEXT}},
    PRIMARY KEY (province, id)
) {{KEYED}};
CREATE UNIQUE INDEX job_kind ON job (province, kind, payload);

-- Projections: written in the transaction of the ledger row, rebuildable from the ledgers.

CREATE TABLE store_state (
    province BIGINT NOT NULL,
    store {{BLOB}} NOT NULL,
    facility {{BLOB}} NOT NULL,
    happened_at BIGINT,
    reading {{BLOB}},
    grams BIGINT,
    made_per_hour BIGINT,
    full_count BIGINT,
    part_count BIGINT,
    empty_count BIGINT,
    damaged_count BIGINT,
    typed_text {{TEXT}},
    unit {{TEXT}},
    source {{TEXT}},
    recent {{BLOB}} NOT NULL,
    PRIMARY KEY (province, facility, store)
) {{KEYED}};

CREATE TABLE facility_state (
    province BIGINT NOT NULL,
    facility {{BLOB}} NOT NULL,
    happened_at BIGINT NOT NULL,
    census {{BLOB}} NOT NULL,
    mask BIGINT NOT NULL,
    hfnc BIGINT NOT NULL,
    niv BIGINT NOT NULL,
    invasive BIGINT NOT NULL,
    ecmo BIGINT NOT NULL,
    waiting BIGINT,
    source {{TEXT}} NOT NULL,
    PRIMARY KEY (province, facility)
) {{KEYED}};

-- Raised once a batch for every province it touched; screens poll it. `registers` rises when
-- bodies, facilities, stores, norms or the clock have changed.
CREATE TABLE pulse (
    province BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    registers BIGINT NOT NULL
);
