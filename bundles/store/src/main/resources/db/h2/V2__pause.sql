-- a route that an operator or the deletion threshold has paused, for every server on this store
ALTER TABLE sync_route ADD COLUMN paused_ms BIGINT;
ALTER TABLE sync_route ADD COLUMN pause_reason VARCHAR(2000);
ALTER TABLE sync_route ADD COLUMN pause_deletions BOOLEAN;
