-- how far each server's key set has come, so that an older copy of its file is noticed
CREATE TABLE IF NOT EXISTS key_set_mark (
    server VARCHAR(255) NOT NULL,
    key_set VARCHAR(36) NOT NULL,
    generation BIGINT NOT NULL,
    primary_key INTEGER NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    PRIMARY KEY (server, key_set)
);
