-- free attributes, as FreeAttributes writes them
ALTER TABLE directory_user ADD COLUMN IF NOT EXISTS attributes VARCHAR(16384) DEFAULT '' NOT NULL;
