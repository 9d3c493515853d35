import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type Database from 'libsql'

import type { LedgerFailure } from '../engine/events.ts'
import { fail, type Result, succeed } from '../engine/failure.ts'
import { closeDatabase, type FileKind, openDatabaseFile, openMemoryDatabase } from './database-file.ts'
import { pageOfActivity, pruneFleet, recordActivityEntry, recordHistoryPoints, recordReading } from './fleet-file.ts'
import { rememberFleet } from './fleet-memory.ts'
import { fleetKind, minuteMs } from './fleet-schema.ts'
import { readSeries } from './fleet-series.ts'
import { appendRow, firstMisfit, lastRows, ledgerKind, pageOfRows } from './ledger-file.ts'
import type { Operations } from './messages.ts'
import { isDamage, toStoreError } from './store-error.ts'

const pruneEveryMs = 60 * minuteMs

interface OpenFile {
  db: Database.Database
  prunedAt: number
}

/** The work of the store's worker: every database of a profile, opened when it is first needed. */
export function createOperations(profileDir: string, notify: (sentence: string) => void): Operations {
  const open = new Map<string, OpenFile>()
  const fleetDir = (connection: string) => join(profileDir, 'data', safeName(connection))
  const fleetPath = (connection: string) => join(fleetDir(connection), 'fleet.db')
  const ledgerPath = join(profileDir, 'ledger.db')

  const file = (path: string, kind: FileKind, distrusted = false): OpenFile => {
    const known = open.get(path)
    if (known !== undefined) return known
    const opened = { db: openOrHold(path, kind, distrusted, notify), prunedAt: Number.NEGATIVE_INFINITY }
    open.set(path, opened)
    return opened
  }
  const close = (path: string): null => {
    const known = open.get(path)
    open.delete(path)
    if (known !== undefined) closeDatabase(known.db)
    return null
  }
  /** Works on a file; if that proves to be damaged it is set aside and the work is done on a new one. */
  const using = <T>(path: string, kind: FileKind, work: (file: OpenFile) => T): T => {
    try {
      return work(file(path, kind))
    } catch (error) {
      if (!isDamage(error) || !open.has(path)) throw error
      open.get(path)?.db.close()
      open.delete(path)
      return work(file(path, kind, true))
    }
  }
  const onFleet = <T>(connection: string, work: (db: Database.Database) => T): T =>
    using(fleetPath(connection), fleetKind, ({ db }) => work(db))
  const onLedger = <T>(work: (db: Database.Database) => T): T => using(ledgerPath, ledgerKind, ({ db }) => work(db))

  return {
    fleetOpen: (connection) => onFleet(connection, () => null),
    fleetRecord: (connection, reading) =>
      using(fleetPath(connection), fleetKind, (opened) => {
        recordReading(opened.db, reading)
        if (Math.abs(reading.asOf - opened.prunedAt) < pruneEveryMs) return null
        pruneFleet(opened.db, reading.asOf)
        opened.prunedAt = reading.asOf
        return null
      }),
    fleetRecordHistory: (connection, points) =>
      onFleet(connection, (db) => {
        recordHistoryPoints(db, points)
        return null
      }),
    fleetRecordActivity: (connection, entry) =>
      onFleet(connection, (db) => {
        recordActivityEntry(db, entry)
        return null
      }),
    fleetActivity: (connection, before, limit) => onFleet(connection, (db) => pageOfActivity(db, before, limit)),
    fleetSeries: (connection, query) => onFleet(connection, (db) => readSeries(db, query)),
    fleetRemember: (connection, now) => onFleet(connection, (db) => rememberFleet(db, now)),
    fleetClose: (connection) => close(fleetPath(connection)),
    fleetDelete: (connection) => {
      close(fleetPath(connection))
      // Windows lets go of a closed file a moment late: hence the retries.
      rmSync(fleetDir(connection), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      return null
    },
    ledgerOpen: () => {
      const opened = asResult(() => onLedger(() => null))
      if (!opened.ok)
        notify(`The ledger cannot be opened (${opened.failure.detail}). Nothing can be switched until it can.`)
      return null
    },
    ledgerAppend: (entry) =>
      asResult(() =>
        onLedger((db) => {
          appendRow(db, entry)
          return null
        }),
      ),
    ledgerLastRows: (accountId, states) => onLedger((db) => lastRows(db, accountId, states)),
    ledgerPage: (before, limit) => onLedger((db) => pageOfRows(db, before, limit)),
    ledgerVerify: () => onLedger(firstMisfit),
    ledgerClose: () => close(ledgerPath),
    closeAll: () => {
      for (const path of [...open.keys()]) close(path)
      return null
    },
  }
}

/** The file; for a fleet whose file cannot be had, memory until quit, for watching must go on. */
function openOrHold(
  path: string,
  kind: FileKind,
  distrusted: boolean,
  notify: (sentence: string) => void,
): Database.Database {
  try {
    return openDatabaseFile(path, kind, notify, distrusted)
  } catch (error) {
    if (kind !== fleetKind) throw error
    notify(`${kind.title} cannot be kept on disk (${toStoreError(error).message}). It is kept in memory until quit.`)
    return openMemoryDatabase(kind)
  }
}

function asResult(work: () => null): Result<null, LedgerFailure> {
  try {
    return succeed(work())
  } catch (error) {
    const { kind, message } = toStoreError(error)
    return fail({ kind: kind === 'full' || kind === 'readOnly' ? kind : 'broken', detail: message })
  }
}

/** A connection's id names a folder, so it may be nothing else. */
function safeName(connection: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(connection)) throw new TypeError('A connection id must be a plain name.')
  return connection
}
