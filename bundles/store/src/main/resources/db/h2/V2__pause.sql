-- a route that an operator or the deletion threshold has paused, for every server on this store
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS paused_ms BIGINT;
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS pause_reason VARCHAR(2000);
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS pause_deletions BOOLEAN;
