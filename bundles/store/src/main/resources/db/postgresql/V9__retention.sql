-- what was pruned from the journal's beginning: everything up to latest; a record of the chain says
-- the same. No row before the first pruning
CREATE TABLE IF NOT EXISTS journal_start (
    id SMALLINT PRIMARY KEY,
    latest BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    newest_ms BIGINT NOT NULL,
    pruned_ms BIGINT NOT NULL
);

-- so that who prunes the history does not walk over it
CREATE INDEX IF NOT EXISTS sync_run_ended ON sync_run (ended_ms);
