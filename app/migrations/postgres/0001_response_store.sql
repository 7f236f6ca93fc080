-- The response store on PostgreSQL: the tables of the SQLite store, column for column. Texts are
-- compared byte by byte, as there, so that both sort alike. Keys of rows about answering are
-- random, so that no number tells who answered when (AN-11). No table has a time of day beside an
-- answer.

-- The one network of this store; its names by language as JSON.
CREATE TABLE network (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    title TEXT COLLATE "C" NOT NULL,
    simulated BIGINT NOT NULL CHECK (simulated IN (0, 1))
);

CREATE TABLE municipalities (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    shares_figures BIGINT NOT NULL CHECK (shares_figures IN (0, 1))
);

CREATE TABLE units (
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
    unit TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name_fi TEXT COLLATE "C" NOT NULL,
    name_sv TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (municipality, unit)
);

-- Staff numbers as they stand now; a wave keeps its own copy.
CREATE TABLE staff (
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    staff BIGINT NOT NULL CHECK (staff >= 0),
    PRIMARY KEY (municipality, unit, role),
    FOREIGN KEY (municipality, unit) REFERENCES units (municipality, unit)
);

-- Released instruments that a wave has used, as their canonical text.
CREATE TABLE instruments (
    survey TEXT COLLATE "C" NOT NULL,
    release BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    definition TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (survey, release)
);

CREATE TABLE waves (
    wave TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    survey TEXT COLLATE "C" NOT NULL,
    release BIGINT NOT NULL,
    simulated BIGINT NOT NULL CHECK (simulated IN (0, 1)),
    FOREIGN KEY (survey, release) REFERENCES instruments (survey, release)
);

-- Staff groups a wave concerns; none means all.
CREATE TABLE wave_roles (
    wave TEXT COLLATE "C" NOT NULL REFERENCES waves (wave),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (wave, role)
);

CREATE TABLE wave_municipalities (
    wave TEXT COLLATE "C" NOT NULL REFERENCES waves (wave),
    municipality TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
    mode TEXT COLLATE "C" NOT NULL CHECK (mode = 'B'),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'frozen')),
    -- First and last day, such as 2026-10-05.
    opens TEXT COLLATE "C" NOT NULL,
    closes TEXT COLLATE "C" NOT NULL,
    -- Seconds since 1970; the last moment started questionnaires are accepted.
    grace_until BIGINT,
    -- 1 once the inbox is empty for good and drafts are gone.
    swept BIGINT NOT NULL CHECK (swept IN (0, 1)),
    mixing_size BIGINT NOT NULL CHECK (mixing_size >= 2),
    -- 1 where fewer answers came than are mixed at a time; the notice says so.
    small_group BIGINT NOT NULL CHECK (small_group IN (0, 1)),
    PRIMARY KEY (wave, municipality)
);

CREATE TABLE wave_units (
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (wave, municipality, unit),
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality),
    FOREIGN KEY (municipality, unit) REFERENCES units (municipality, unit)
);

CREATE TABLE wave_staff (
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    staff BIGINT NOT NULL,
    PRIMARY KEY (wave, municipality, unit, role),
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
);

CREATE TABLE batches (
    batch BYTEA NOT NULL PRIMARY KEY,
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    revoked BIGINT NOT NULL CHECK (revoked IN (0, 1)),
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
);

-- Keyed hashes only (AN-4); the key is outside the database.
CREATE TABLE codes (
    code_hash BYTEA NOT NULL PRIMARY KEY,
    batch BYTEA NOT NULL REFERENCES batches (batch)
);

CREATE TABLE spent_codes (
    code_hash BYTEA NOT NULL PRIMARY KEY REFERENCES codes (code_hash)
);

-- Sealed under a key made from the code, which the server does not keep (AN-20).
CREATE TABLE drafts (
    draft BYTEA NOT NULL PRIMARY KEY,
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    touched_day BIGINT NOT NULL,
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality)
);

-- Keyed hashes of submission ids: what makes a repeat a repeat (DU-6).
CREATE TABLE submissions (
    mark BYTEA NOT NULL PRIMARY KEY,
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, municipality) REFERENCES wave_municipalities (wave, municipality)
);

-- Answers that wait to be mixed (AN-9).
CREATE TABLE inbox (
    entry BYTEA NOT NULL PRIMARY KEY,
    mark BYTEA NOT NULL UNIQUE REFERENCES submissions (mark),
    content_hash BYTEA NOT NULL,
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    release BIGINT NOT NULL,
    response TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
);

CREATE TABLE answers (
    answer BYTEA NOT NULL PRIMARY KEY,
    wave TEXT COLLATE "C" NOT NULL,
    municipality TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    release BIGINT NOT NULL,
    response TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (wave, municipality, unit) REFERENCES wave_units (wave, municipality, unit)
);

CREATE INDEX answers_by_unit ON answers (wave, municipality, unit);

-- One-time links; an empty municipality means the whole network.
CREATE TABLE invitations (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    municipality TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sign_ins (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    municipality TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
