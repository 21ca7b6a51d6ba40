-- the servers on this store: each says again and again that it is there, and which routes it could
-- run (a line each, with + before those of which it can use both ends)
CREATE TABLE sync_server (
    name VARCHAR(255) PRIMARY KEY,
    standby BOOLEAN NOT NULL,
    routes TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);

-- a route's lease; its lock orders every write of the route's state. writer_lease is what servers of
-- earlier releases look at: they stand by as long as it is not theirs
CREATE TABLE sync_lease (
    route VARCHAR(255) PRIMARY KEY,
    holder VARCHAR(255) NOT NULL,
    token BIGINT NOT NULL,
    wanted VARCHAR(255) NOT NULL
);
