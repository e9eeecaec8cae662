"""The journal's tables. Those of provider batches (deferred, waits, requests, files) are read and written by submissions.py."""

from __future__ import annotations

VERSION = 3
"""Of the tables. A journal of another version is not touched."""

TABLES = """
CREATE TABLE configurations (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, described TEXT NOT NULL);
CREATE TABLE articles (
  configuration INTEGER NOT NULL REFERENCES configurations (id), key BLOB NOT NULL, state TEXT NOT NULL,
  label TEXT NOT NULL, place INTEGER, ends INTEGER, line BLOB);
CREATE UNIQUE INDEX article_by_key ON articles (configuration, key);
CREATE UNIQUE INDEX article_by_place ON articles (configuration, place, ends, state) WHERE place IS NOT NULL;
CREATE TABLE answers (
  request BLOB PRIMARY KEY, configuration INTEGER NOT NULL, article BLOB NOT NULL, status INTEGER NOT NULL,
  body BLOB NOT NULL, share REAL NOT NULL);
CREATE INDEX answer_by_article ON answers (configuration, article);
CREATE TABLE spent (
  configuration INTEGER PRIMARY KEY, answers INTEGER NOT NULL DEFAULT 0, input INTEGER NOT NULL DEFAULT 0,
  cached INTEGER NOT NULL DEFAULT 0, output INTEGER NOT NULL DEFAULT 0, cost REAL NOT NULL DEFAULT 0,
  unpriced INTEGER NOT NULL DEFAULT 0);
CREATE TABLE signatures (configuration INTEGER NOT NULL, band INTEGER NOT NULL, value BLOB NOT NULL, key BLOB NOT NULL);
CREATE INDEX signature_by_band ON signatures (configuration, band, value);
CREATE TABLE sketches (configuration INTEGER NOT NULL, key BLOB NOT NULL, sketch BLOB NOT NULL, sha256 BLOB NOT NULL);
CREATE UNIQUE INDEX sketch_by_key ON sketches (configuration, key);
CREATE TABLE deferred (
  configuration INTEGER NOT NULL, key BLOB NOT NULL, article BLOB NOT NULL, PRIMARY KEY (configuration, key));
CREATE TABLE waits (
  configuration INTEGER NOT NULL, article BLOB NOT NULL, request BLOB NOT NULL,
  PRIMARY KEY (configuration, article, request)) WITHOUT ROWID;
CREATE INDEX wait_by_request ON waits (request);
CREATE TABLE requests (
  configuration INTEGER NOT NULL, request BLOB NOT NULL, article BLOB NOT NULL, file INTEGER, tries INTEGER NOT NULL,
  tokens INTEGER NOT NULL, cost REAL, reason TEXT, PRIMARY KEY (configuration, request)) WITHOUT ROWID;
CREATE INDEX request_by_file ON requests (file);
CREATE INDEX request_by_article ON requests (configuration, article);
CREATE VIEW waiting AS SELECT w.configuration AS configuration, w.article AS article FROM waits w
  JOIN requests r ON r.configuration = w.configuration AND r.request = w.request WHERE r.file IS NOT NULL;
CREATE TABLE files (
  number INTEGER PRIMARY KEY, configuration INTEGER NOT NULL, step TEXT NOT NULL, name TEXT NOT NULL, since REAL NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, file_id TEXT, batch_id TEXT);
"""

FORGETTING = (
    "DELETE FROM deferred WHERE configuration = ? AND key = ?",
    "DELETE FROM waits WHERE configuration = ? AND article = ?",
    "DELETE FROM requests WHERE configuration = ? AND article = ? AND file IS NULL",
)
"""What a finished article leaves behind of provider batches."""
