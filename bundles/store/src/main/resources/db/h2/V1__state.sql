-- Times are milliseconds since 1970-01-01T00:00:00Z. Nothing here is a password, a hash or a digest.

-- the writer's lease: one row; its lock orders every write of sync state
CREATE TABLE IF NOT EXISTS writer_lease (
    id SMALLINT PRIMARY KEY,
    holder VARCHAR(255) NOT NULL,
    token BIGINT NOT NULL,
    until_ms BIGINT NOT NULL
);
INSERT INTO writer_lease (id, holder, token, until_ms)
    SELECT 1, '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM writer_lease);

-- a route that is forgotten loses its row at once and its users afterwards
CREATE TABLE IF NOT EXISTS sync_route (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name VARCHAR(255) NOT NULL UNIQUE,
    watermark VARBINARY(65536),
    full_run BOOLEAN NOT NULL,
    committed_ms BIGINT NOT NULL,
    retries BIGINT NOT NULL
);

-- users of a route by last outcome, so that no count walks over the users
CREATE TABLE IF NOT EXISTS sync_count (
    route INTEGER NOT NULL,
    outcome SMALLINT NOT NULL,
    users BIGINT NOT NULL,
    PRIMARY KEY (route, outcome)
);

-- the id is the route and a hash of the anchor (UserKey): one narrow tree instead of a table and
-- an index over long random texts
CREATE TABLE IF NOT EXISTS sync_user (
    id BIGINT PRIMARY KEY,
    anchor VARCHAR(255) NOT NULL,
    version_seq BIGINT NOT NULL,
    version_time BIGINT NOT NULL,
    state INTEGER NOT NULL,
    outcome SMALLINT NOT NULL,
    at_ms BIGINT NOT NULL,
    detail VARCHAR(2000)
);

CREATE TABLE IF NOT EXISTS sync_retry (
    route INTEGER NOT NULL,
    anchor VARCHAR(255) NOT NULL,
    version_seq BIGINT NOT NULL,
    version_time BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    due_ms BIGINT NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    PRIMARY KEY (route, anchor)
);
CREATE INDEX IF NOT EXISTS sync_retry_due ON sync_retry (route, due_ms);

CREATE TABLE IF NOT EXISTS sync_run (
    id BIGINT PRIMARY KEY,
    route VARCHAR(255) NOT NULL,
    full_run BOOLEAN NOT NULL,
    started_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    result VARCHAR(20) NOT NULL,
    changes_read BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    retried BIGINT NOT NULL,
    reason VARCHAR(2000) NOT NULL
);
CREATE INDEX IF NOT EXISTS sync_run_route ON sync_run (route, id);
CREATE TABLE IF NOT EXISTS sync_run_id (id SMALLINT PRIMARY KEY, latest BIGINT NOT NULL);
INSERT INTO sync_run_id (id, latest)
    SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM sync_run_id);

CREATE TABLE IF NOT EXISTS account (
    instance VARCHAR(255) PRIMARY KEY,
    name VARCHAR(1000) NOT NULL,
    secret VARBINARY(70000) NOT NULL,
    set_ms BIGINT NOT NULL,
    verified_ms BIGINT
);

-- the journal; its head repeats the last sequence number and hash, so that a cut-off tail shows
CREATE TABLE IF NOT EXISTS journal_head (id SMALLINT PRIMARY KEY, latest BIGINT NOT NULL, hash VARBINARY(32) NOT NULL);
INSERT INTO journal_head (id, latest, hash)
    SELECT 1, 0, X'0000000000000000000000000000000000000000000000000000000000000000' WHERE NOT EXISTS (SELECT 1 FROM journal_head);
CREATE TABLE IF NOT EXISTS journal (
    seq BIGINT PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    number INTEGER NOT NULL,
    severity VARCHAR(20) NOT NULL,
    actor VARCHAR(255) NOT NULL,
    subject VARCHAR(500) NOT NULL,
    text VARCHAR(2000) NOT NULL,
    attributes VARCHAR(1000000) NOT NULL,
    hash VARBINARY(32) NOT NULL
);
CREATE INDEX IF NOT EXISTS journal_number ON journal (number, seq);
CREATE INDEX IF NOT EXISTS journal_at ON journal (at_ms, seq);
