import type { Dimension } from '../engine/model.ts'
import type { FileKind } from './database-file.ts'

/** How dimensions are written on disk; bits, so that a reading can tell which of them it had. */
export const dimensionBit: Readonly<Record<Dimension, number>> = {
  status: 1,
  mode: 2,
  platform: 4,
  colo: 8,
  version: 16,
}

export const minuteMs = 60_000

/** Samples and history are kept this long. */
export const retentionMs = 90 * 24 * 60 * minuteMs
/** Rows of activity that are kept. */
export const activityRows = 10_000

/** A value counts as connected whatever its case: the documentation writes Connected, the API's examples connected. */
export const connectedValue = 'connected'

export const fleetKind: FileKind = {
  title: 'The history of this fleet',
  synchronous: 'NORMAL',
  migrations: [
    // A reading is the last one of its minute. `groups` holds the bits of the dimensions that Cloudflare sent, so that
    // "no device" (a missing sample) and "not recorded" (a missing bit) stay apart.
    `CREATE TABLE reading (
       minute INTEGER PRIMARY KEY,
       asOf INTEGER NOT NULL,
       windowMinutes INTEGER NOT NULL,
       total INTEGER NOT NULL,
       connected INTEGER,
       groups INTEGER NOT NULL
     ) STRICT;
     CREATE TABLE value (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
     CREATE TABLE sample (
       dimension INTEGER NOT NULL,
       minute INTEGER NOT NULL,
       value INTEGER NOT NULL,
       count INTEGER NOT NULL,
       PRIMARY KEY (dimension, minute, value)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE history (
       dimension INTEGER NOT NULL,
       at INTEGER NOT NULL,
       value INTEGER NOT NULL,
       count INTEGER NOT NULL,
       PRIMARY KEY (dimension, at, value)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE activity (
       seq INTEGER PRIMARY KEY AUTOINCREMENT,
       at INTEGER NOT NULL,
       kind TEXT NOT NULL,
       tone TEXT NOT NULL,
       text TEXT NOT NULL
     ) STRICT;
     CREATE INDEX activityByTime ON activity (at, seq);`,
  ],
}
