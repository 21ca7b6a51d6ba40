-- what a route reads its source for, and under which gates everybody up to its position was judged
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS reading SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE sync_route ADD COLUMN IF NOT EXISTS gates VARCHAR(4000) NOT NULL DEFAULT '';
UPDATE sync_route SET reading = 1 WHERE full_run;
ALTER TABLE sync_route ALTER COLUMN full_run SET DEFAULT FALSE;
