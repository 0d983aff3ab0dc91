-- What SQLite shall believe of the tables that grow: a million rows, most of them in one province, a
-- thousand of each store, facility or account. Without any belief it takes `province` alone for a
-- good key and reads whole ledgers; with ANALYZE it would believe what it saw on the first day.
-- The numbers: all rows, then rows alike in the first column, in the first two, and so on.
ANALYZE migration;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('report', 'report', '1000000 1000000 1'),
    ('report', 'report_facility', '1000000 1000000 1000 1 1'),
    ('reading', 'reading', '1000000 1000000 1'),
    ('reading', 'reading_store', '1000000 1000000 1000 1'),
    ('movement', 'movement', '1000000 1000000 1'),
    ('movement', 'movement_store', '1000000 1000000 1000 1'),
    ('census', 'census', '1000000 1000000 1'),
    ('census', 'census_facility', '1000000 1000000 1000 1'),
    ('reversal', 'reversal', '10000 10000 1'),
    ('reversal', 'reversal_target', '10000 10000 1'),
    ('case_count', 'case_count', '100000 100000 1'),
    ('case_count', 'case_count_week', '100000 100000 500 2'),
    ('record', 'record', '1000000 1000000 4 1'),
    ('record', 'record_kind', '1000000 1000000 50000 2'),
    ('record_state', 'record_state', '200000 200000 5000 1'),
    ('record_state', 'record_state_code', '100000 100000 5000 1'),
    ('record_state', 'record_state_owner', '200000 200000 5000 10 1'),
    ('record_state', 'record_state_open', '20000 20000 500 1'),
    ('record_state', 'record_state_due', '20000 20000 500 2'),
    ('audit', 'audit', '1000000 1000000 1'),
    ('audit', 'audit_unsealed', '1000 1000 1'),
    ('audit', 'audit_seq', '1000000 1000000 1'),
    ('audit', 'audit_high', '1000000 1000000 2 1'),
    ('idempotency', 'idempotency', '1000000 1000000 1000 1'),
    ('idempotency', 'idempotency_age', '1000000 1000000 2'),
    ('session', 'session', '10000 10000 1'),
    ('session', 'session_account', '10000 10000 10'),
    ('account', 'account', '10000 5000 1'),
    ('account', 'account_login', '10000 5000 1'),
    ('account', 'account_any_login', '10000 2'),
    ('oxygen_store', 'oxygen_store', '5000 2500 1'),
    ('oxygen_store', 'oxygen_store_facility', '5000 2500 5'),
    ('store_state', 'store_state', '5000 2500 5 1'),
    ('facility_state', 'facility_state', '1000 500 1');
ANALYZE sqlite_schema;
