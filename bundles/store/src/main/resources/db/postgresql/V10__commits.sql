-- how many pages of runs were committed: a run that goes on notices if some are no longer there
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS commits BIGINT DEFAULT 0 NOT NULL;
