-- what comparing targets with their sources has shown; numbers are people by what was found

CREATE TABLE IF NOT EXISTS sync_proof (
    route INTEGER NOT NULL,
    present BOOLEAN NOT NULL,
    begun_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    reached VARCHAR(255) NOT NULL,
    seen_same BIGINT NOT NULL,
    seen_by_version BIGINT NOT NULL,
    seen_different BIGINT NOT NULL,
    seen_absent BIGINT NOT NULL,
    seen_moving BIGINT NOT NULL,
    seen_unknown BIGINT NOT NULL,
    PRIMARY KEY (route, present)
);

CREATE TABLE IF NOT EXISTS sync_doubt (
    route INTEGER NOT NULL,
    anchor VARCHAR(255) NOT NULL,
    parity SMALLINT NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (route, anchor)
);
