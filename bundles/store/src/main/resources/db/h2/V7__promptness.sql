-- how long the changes of a route took to its target, for each of the last hours: pairs of the
-- number of a step and how many changes lie in it
CREATE TABLE IF NOT EXISTS sync_promptness (
    route INTEGER NOT NULL,
    at_hour BIGINT NOT NULL,
    counts VARCHAR(20000) NOT NULL,
    PRIMARY KEY (route, at_hour)
);
