-- The response store. Keys of rows about answering are random and tables have no rowid, so that
-- neither a number nor the order of rows tells who answered when (AN-11). No table has a time of
-- day beside an answer.

-- The one network of this store; its names by language as JSON.
CREATE TABLE network (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    simulated BIGINT NOT NULL CHECK (simulated IN (0, 1))
) WITHOUT ROWID;

CREATE TABLE municipalities (
    code TEXT NOT NULL PRIMARY KEY,
    shares_figures BIGINT NOT NULL CHECK (shares_figures IN (0, 1))
) WITHOUT ROWID;

CREATE TABLE units (
    municipality TEXT NOT NULL REFERENCES municipalities (code),
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (municipality, unit)
) WITHOUT ROWID;

-- Staff numbers as they stand now; a wave keeps its own copy.
CREATE TABLE staff (
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    staff BIGINT NOT NULL CHECK (staff >= 0),
    PRIMARY KEY (municipality, unit, role),
    FOREIGN KEY (municipality, unit) REFERENCES units (municipality, unit)
) WITHOUT ROWID;

-- Released instruments that a wave has used, as their canonical text.
CREATE TABLE instruments (
    survey TEXT NOT NULL,
    release BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (survey, release)
) WITHOUT ROWID;

CREATE TABLE waves (
    wave TEXT NOT NULL PRIMARY KEY,
    survey TEXT NOT NULL,
    release BIGINT NOT NULL,
    simulated BIGINT NOT NULL CHECK (simulated IN (0, 1)),
    FOREIGN KEY (survey, release) REFERENCES instruments (survey, release)
) WITHOUT ROWID;

-- Staff groups a wave concerns; none means all.
CREATE TABLE wave_roles (
    wave TEXT NOT NULL REFERENCES waves (wave),
    role TEXT NOT NULL,
    PRIMARY KEY (wave, role)
) WITHOUT ROWID;

CREATE TABLE wave_municipalities (
    wave TEXT NOT NULL REFERENCES waves (wave),
    municipality TEXT NOT NULL REFERENCES municipalities (code),
    mode TEXT NOT NULL CHECK (mode = 'B'),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'frozen')),
    -- First and last day, such as 2026-10-05.
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    -- Seconds since 1970; the last moment started questionnaires are accepted.
    grace_until BIGINT,
    -- 1 once the inbox is empty for good and drafts are gone.
    swept BIGINT NOT NULL CHECK (swept IN (0, 1)),
    mixing_size BIGINT NOT NULL CHECK (mixing_size >= 2),
    -- 1 where fewer answers came than are mixed at a time; the notice says so.
    small_group BIGINT NOT NULL CHECK (small_group IN (0, 1)),
    PRIMARY KEY (wave, municipality)
) WITHOUT ROWID;

CREATE TABLE wave_units (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (wave, municipality, unit),
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality),
    FOREIGN KEY (municipality, unit) REFERENCES units (municipality, unit)
) WITHOUT ROWID;

CREATE TABLE wave_staff (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    staff BIGINT NOT NULL,
    PRIMARY KEY (wave, municipality, unit, role),
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
) WITHOUT ROWID;

CREATE TABLE batches (
    batch BLOB NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    revoked BIGINT NOT NULL CHECK (revoked IN (0, 1)),
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
) WITHOUT ROWID;

-- Keyed hashes only (AN-4); the key is outside the database.
CREATE TABLE codes (
    code_hash BLOB NOT NULL PRIMARY KEY,
    batch BLOB NOT NULL REFERENCES batches (batch)
) WITHOUT ROWID;

CREATE TABLE spent_codes (
    code_hash BLOB NOT NULL PRIMARY KEY REFERENCES codes (code_hash)
) WITHOUT ROWID;

-- Sealed under a key made from the code, which the server does not keep (AN-20).
CREATE TABLE drafts (
    draft BLOB NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    sealed BLOB NOT NULL,
    touched_day BIGINT NOT NULL,
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality)
) WITHOUT ROWID;

-- Keyed hashes of submission ids: what makes a repeat a repeat (DU-6).
CREATE TABLE submissions (
    mark BLOB NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality)
) WITHOUT ROWID;

-- Answers that wait to be mixed (AN-9).
CREATE TABLE inbox (
    entry BLOB NOT NULL PRIMARY KEY,
    mark BLOB NOT NULL UNIQUE REFERENCES submissions (mark),
    content_hash BLOB NOT NULL,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    release BIGINT NOT NULL,
    response TEXT NOT NULL,
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
) WITHOUT ROWID;

CREATE TABLE answers (
    answer BLOB NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    unit TEXT NOT NULL,
    release BIGINT NOT NULL,
    response TEXT NOT NULL,
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
) WITHOUT ROWID;

CREATE INDEX answers_by_unit ON answers (wave, municipality, unit);

-- One-time links; an empty municipality means the whole network.
CREATE TABLE invitations (
    token_hash BLOB NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sign_ins (
    token_hash BLOB NOT NULL PRIMARY KEY,
    municipality TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
) WITHOUT ROWID;
