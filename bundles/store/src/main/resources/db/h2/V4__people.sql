-- people of a route by how they stand, everybody once; in place of users by last outcome
CREATE TABLE IF NOT EXISTS sync_standing (
    route INTEGER NOT NULL,
    standing SMALLINT NOT NULL,
    users BIGINT NOT NULL,
    PRIMARY KEY (route, standing)
);
DELETE FROM sync_standing;
INSERT INTO sync_standing (route, standing, users)
    SELECT u.route, u.standing, COUNT(*) FROM (
        SELECT CAST(id / 8796093022208 AS INTEGER) AS route,
            CASE
                WHEN outcome IN (1, 2, 4) AND BITAND(state, 64) <> 0 THEN 4
                WHEN outcome IN (1, 2, 4) AND BITAND(state, 128) <> 0 THEN 3
                WHEN outcome IN (1, 2) THEN 1
                ELSE 2
            END AS standing
        FROM sync_user) u
    GROUP BY u.route, u.standing;
DROP TABLE IF EXISTS sync_count;

-- how the user stands by the last outcome, so that who waits is not counted twice
ALTER TABLE sync_retry ADD COLUMN IF NOT EXISTS held SMALLINT;

-- what a source could not make a user of
CREATE TABLE IF NOT EXISTS sync_unusable (
    route INTEGER NOT NULL,
    place VARCHAR(1000) NOT NULL,
    name VARCHAR(255) NOT NULL,
    anchor VARCHAR(255),
    held SMALLINT,
    reason VARCHAR(2000) NOT NULL,
    PRIMARY KEY (route, place)
);
