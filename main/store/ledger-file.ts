import type Database from 'libsql'
import { z } from 'zod'

import { actStates, type ActState, type LedgerEntry } from '../engine/override/act.ts'
import type { LedgerRow } from '../engine/ports.ts'
import { type FileKind, inTransaction, select } from './database-file.ts'
import { genesisHash, hashRow } from './ledger-hash.ts'

export const ledgerKind: FileKind = {
  title: 'The ledger',
  synchronous: 'FULL',
  migrations: [
    `CREATE TABLE acts (
       seq INTEGER PRIMARY KEY AUTOINCREMENT,
       id TEXT NOT NULL,
       at INTEGER NOT NULL,
       account TEXT NOT NULL,
       kind TEXT NOT NULL,
       direction TEXT NOT NULL,
       state TEXT NOT NULL,
       seenTimestamp TEXT,
       reason TEXT NOT NULL,
       incident TEXT,
       revertAt INTEGER,
       prevHash TEXT NOT NULL,
       hash TEXT NOT NULL,
       accountName TEXT NOT NULL,
       seen TEXT NOT NULL,
       actAt INTEGER NOT NULL,
       note TEXT NOT NULL
     ) STRICT;
     CREATE INDEX actsById ON acts (account, id, seq);
     CREATE TRIGGER actsAreNotChanged BEFORE UPDATE ON acts
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
     CREATE TRIGGER actsAreNotDeleted BEFORE DELETE ON acts
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`,
  ],
}

const insert = `INSERT INTO acts
  (seq, id, at, account, kind, direction, state, seenTimestamp, reason, incident, revertAt, prevHash, hash,
   accountName, seen, actAt, note)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const verifyBatch = 500
const tail = z.object({ seq: z.int(), hash: z.string() })

const rowOnDisk = z
  .object({
    seq: z.int(),
    id: z.string(),
    at: z.int(),
    account: z.string(),
    kind: z.literal('override'),
    direction: z.enum(['disconnect', 'reconnect']),
    state: z.enum(actStates),
    seenTimestamp: z.string().nullable(),
    reason: z.string(),
    incident: z.string().nullable(),
    revertAt: z.int().nullable(),
    prevHash: z.string(),
    hash: z.string(),
    accountName: z.string(),
    seen: z.enum(['on', 'off', 'unknown']),
    actAt: z.int(),
    note: z.string(),
  })
  .transform((row): LedgerRow => ({
    seq: row.seq,
    prevHash: row.prevHash,
    hash: row.hash,
    entry: {
      act: {
        id: row.id,
        accountId: row.account,
        accountName: row.accountName,
        kind: row.kind,
        direction: row.direction,
        seen: row.seen,
        seenTimestamp: row.seenTimestamp,
        reason: row.reason,
        incident: row.incident,
        revertAt: row.revertAt,
        at: row.actAt,
      },
      state: row.state,
      at: row.at,
      note: row.note,
    },
  }))

/** Adds a row; it is on the disk when this returns. */
export function appendRow(db: Database.Database, given: LedgerEntry): void {
  const entry = asStored(given)
  const { act } = entry
  inTransaction(db, () => {
    const [last] = select(db, tail, 'SELECT seq, hash FROM acts ORDER BY seq DESC LIMIT 1')
    const seq = Math.max(last?.seq ?? 0, highestSeqGiven(db)) + 1
    const prevHash = last?.hash ?? genesisHash
    db.prepare(insert).run(
      seq,
      act.id,
      entry.at,
      act.accountId,
      act.kind,
      act.direction,
      entry.state,
      act.seenTimestamp,
      act.reason,
      act.incident,
      act.revertAt,
      prevHash,
      hashRow(seq, entry, prevHash),
      act.accountName,
      act.seen,
      act.at,
      entry.note,
    )
  })
}

/** The last row of each act of an account that is in one of `states`, oldest first. */
export function lastRows(
  db: Database.Database,
  accountId: string,
  states: readonly ActState[],
): readonly LedgerEntry[] {
  const lastOfEach = new Map<string, LedgerRow>()
  const rows = select(db, z.unknown(), 'SELECT * FROM acts WHERE account = ? ORDER BY seq', [accountId])
  // A row that was made unreadable gives way to the one before it, so that its act is looked into, not forgotten.
  for (const row of readable(rows)) lastOfEach.set(row.entry.act.id, row)
  return [...lastOfEach.values()]
    .sort((a, b) => a.seq - b.seq)
    .map((row) => row.entry)
    .filter((entry) => states.includes(entry.state))
}

/** Newest first, at most 200; `before` is an exclusive seq. Rows that were made unreadable are left to `firstMisfit`. */
export function pageOfRows(db: Database.Database, before: number | null, limit: number): readonly LedgerRow[] {
  const sql = 'SELECT * FROM acts WHERE seq < ? ORDER BY seq DESC LIMIT ?'
  return readable(select(db, z.unknown(), sql, [before ?? Number.MAX_SAFE_INTEGER, Math.min(limit, 200)]))
}

/** The seq of the first row that does not follow from the rows before it, or that is missing; null: all fit. */
export function firstMisfit(db: Database.Database): number | null {
  const batch = db.prepare('SELECT * FROM acts WHERE seq > ? ORDER BY seq LIMIT ?')
  let seq = 0
  let prevHash = genesisHash
  for (;;) {
    const rows = batch.all(seq, verifyBatch)
    for (const raw of rows) {
      const expected = seq + 1
      const row = rowOnDisk.safeParse(raw).data
      if (row?.seq !== expected || row.prevHash !== prevHash) return expected
      if (row.hash !== hashRow(expected, row.entry, prevHash)) return expected
      seq = expected
      prevHash = row.hash
    }
    if (rows.length < verifyBatch) return highestSeqGiven(db) > seq ? seq + 1 : null
  }
}

/** SQLite remembers the highest seq that it ever gave, so that rows cut off the end are missed. */
function highestSeqGiven(db: Database.Database): number {
  const [row] = select(db, z.object({ seq: z.int() }), `SELECT seq FROM sqlite_sequence WHERE name = 'acts'`)
  return row?.seq ?? 0
}

function readable(rows: readonly unknown[]): readonly LedgerRow[] {
  return rows.flatMap((raw) => {
    const parsed = rowOnDisk.safeParse(raw)
    return parsed.success ? [parsed.data] : []
  })
}

/** The entry with its texts as they will be read back: the hash is over what is on disk. */
function asStored(entry: LedgerEntry): LedgerEntry {
  const { act } = entry
  const text = (value: string) => Buffer.from(value.replaceAll('\0', ' '), 'utf8').toString('utf8')
  const textOrNull = (value: string | null) => (value === null ? null : text(value))
  return {
    ...entry,
    note: text(entry.note),
    act: {
      ...act,
      id: text(act.id),
      accountId: text(act.accountId),
      accountName: text(act.accountName),
      seenTimestamp: textOrNull(act.seenTimestamp),
      reason: text(act.reason),
      incident: textOrNull(act.incident),
    },
  }
}
