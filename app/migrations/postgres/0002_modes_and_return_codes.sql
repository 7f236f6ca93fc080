-- How a wave is answered: A by an open link, B by codes that the city hands out.
ALTER TABLE wave_municipalities DROP COLUMN mode;
ALTER TABLE wave_municipalities ADD COLUMN mode TEXT COLLATE "C" NOT NULL DEFAULT 'B' CHECK (mode IN ('A', 'B'));

-- What an open link carries; nothing where codes are handed out.
ALTER TABLE wave_municipalities ADD COLUMN open_link BYTEA;

-- Keyed hashes of return codes (AN-19). They travel with the answer through mixing, stand beside
-- nothing else, and go when the wave is frozen.
ALTER TABLE inbox ADD COLUMN return_hash BYTEA;
ALTER TABLE answers ADD COLUMN return_hash BYTEA;

CREATE INDEX answers_by_return ON answers (return_hash);
