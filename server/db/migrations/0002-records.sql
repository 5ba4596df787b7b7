-- Records of documents: what stands beside them because whoever may edit a document must not rewrite it.

-- The steps that were taken. The stage of a document is what the last of them says.
CREATE TABLE stage_change (
  document_id TEXT NOT NULL REFERENCES document (id),
  number INTEGER NOT NULL,                 -- 1, 2, 3 …: of two steps taken at once one finds its number taken
  name TEXT NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  reason TEXT,
  missing TEXT,                            -- JSON: sentences; what was missing when it was taken all the same
  version_id TEXT REFERENCES document_version (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, number)
) STRICT, WITHOUT ROWID;

-- What was stated at one moment. Rows are added, never changed.
CREATE TABLE seal (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL,                      -- SHA-256 of the text, hex
  account_id TEXT NOT NULL REFERENCES account (id),
  present TEXT NOT NULL,                   -- JSON: account ids
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX seal_document ON seal (document_id);

CREATE TABLE amendment (
  id TEXT PRIMARY KEY,
  seal_id TEXT NOT NULL REFERENCES seal (id),
  part TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX amendment_seal ON amendment (seal_id);

CREATE TRIGGER seal_is_never_changed BEFORE UPDATE ON seal BEGIN
  SELECT raise(ABORT, 'a seal is never changed');
END;
CREATE TRIGGER amendment_is_never_changed BEFORE UPDATE ON amendment BEGIN
  SELECT raise(ABORT, 'an amendment is never changed');
END;

-- Private answers to a part of a document, until they are revealed.
CREATE TABLE ballot_answer (
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  value REAL NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, part, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_answer_account ON ballot_answer (account_id);

CREATE TABLE ballot_reveal (
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT NOT NULL,
  account_id TEXT REFERENCES account (id), -- absent where a seal revealed it
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, part)
) STRICT, WITHOUT ROWID;

-- Files of documents; their bytes lie under DATA_DIR/uploads.
CREATE TABLE attachment (
  id TEXT PRIMARY KEY,                     -- made by the device that sends it, so that it is stored once
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  hash TEXT NOT NULL,                      -- SHA-256 of what is stored, hex
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE INDEX attachment_document ON attachment (document_id);

-- Changes to a document that wait for someone who may edit it.
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  action TEXT NOT NULL,
  args TEXT NOT NULL,                      -- JSON
  sentence TEXT NOT NULL,
  part TEXT,
  from_document_id TEXT NOT NULL REFERENCES document (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL,
  decision TEXT,                           -- accepted, declined, superseded (by a later one)
  decided_by TEXT REFERENCES account (id),
  decided_at INTEGER
) STRICT;
CREATE INDEX proposal_document ON proposal (document_id);

-- Templates that a network made of its own documents.
CREATE TABLE network_template (
  id TEXT PRIMARY KEY,
  network_id TEXT NOT NULL REFERENCES network (id),
  kind TEXT NOT NULL,
  schema INTEGER NOT NULL,
  name TEXT NOT NULL,
  sentence TEXT NOT NULL,
  content TEXT NOT NULL,                   -- JSON: what the kind's template file would hold
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX network_template_network ON network_template (network_id);

-- What a network asks of shared fields: 'warn' about text that looks like a student's identifier, or 'block' it.
ALTER TABLE network ADD COLUMN identifier_guard TEXT NOT NULL DEFAULT 'warn';
ALTER TABLE network ADD COLUMN school_domains TEXT NOT NULL DEFAULT '[]'; -- JSON: domains of students' e-mail addresses
