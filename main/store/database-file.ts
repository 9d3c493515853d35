import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'

import Database from 'libsql'
import { z } from 'zod'

import { setAside } from './set-aside.ts'
import { isDamage, isForeign, StoreError } from './store-error.ts'

/** What a kind of database file is. */
export interface FileKind {
  /** For a sentence: "the ledger". */
  readonly title: string
  /** SQL of each version, in order; a file's `user_version` counts how many it has. Forward only, never edited. */
  readonly migrations: readonly string[]
  /** FULL: a commit is on the disk when it returns. NORMAL: it survives a crash of the app, not of the power. */
  readonly synchronous: 'FULL' | 'NORMAL'
}

type Notify = (sentence: string) => void

const companions = ['-wal', '-shm']

/**
 * Opens the database at `path`, made if absent, readable by this user only. A damaged one is set aside; one of a newer
 * version is left alone and another is used beside it: either is told in a sentence.
 * `distrusted`: its content proved to be damaged while it was in use.
 */
export function openDatabaseFile(path: string, kind: FileKind, notify: Notify, distrusted = false): Database.Database {
  if (distrusted) putAside(path, kind, notify)
  const first = tryOpen(path, kind)
  if (first.ok) return first.db
  if (first.because === 'newer') {
    const beside = path.replace(/\.db$/, `.v${kind.migrations.length}.db`)
    notify(
      `${kind.title} in ${basename(path)} was written by a newer Fleetlight and was left as it is. ` +
        `This version uses ${basename(beside)} beside it.`,
    )
    return openDatabaseFile(beside, kind, notify)
  }
  putAside(path, kind, notify)
  const second = tryOpen(path, kind)
  if (second.ok) return second.db
  throw new StoreError('broken', `${kind.title} could not be begun anew at ${basename(path)}.`)
}

/** Opens a database that lives in memory only. */
export function openMemoryDatabase(kind: FileKind): Database.Database {
  const db = new Database(':memory:')
  migrate(db, 0, kind.migrations)
  return db
}

/**
 * The rows of a query; each is parsed, as all that comes from disk. Whole numbers are bound as integers: libsql binds
 * every number as REAL, and a division of REALs would not be a whole slot.
 */
export function select<T>(
  db: Database.Database,
  row: z.ZodType<T>,
  sql: string,
  parameters: readonly unknown[] = [],
): readonly T[] {
  const bound = parameters.map((one) => (typeof one === 'number' ? BigInt(Math.trunc(one)) : one))
  return z.array(row).parse(db.prepare(sql).all(...bound))
}

/** Runs `work` in one transaction that takes the write lock first: all of it is kept, or nothing. */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** Empties the write-ahead log into the file and closes it. */
export function closeDatabase(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

type Attempt =
  { readonly ok: true; readonly db: Database.Database } | { readonly ok: false; readonly because: 'damaged' | 'newer' }

function tryOpen(path: string, kind: FileKind): Attempt {
  makePrivate(path)
  const db = new Database(path, { timeout: 5000 })
  try {
    const version = readVersion(db)
    if (version > kind.migrations.length) {
      db.close()
      return { ok: false, because: 'newer' }
    }
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${kind.synchronous}`)
    const check = z.array(z.object({ quick_check: z.string() })).parse(db.pragma('quick_check(1)'))
    if (check[0]?.quick_check === 'ok') {
      migrate(db, version, kind.migrations)
      return { ok: true, db }
    }
  } catch (error) {
    db.close()
    if (isDamage(error) || isForeign(error)) return { ok: false, because: 'damaged' }
    throw error
  }
  db.close()
  return { ok: false, because: 'damaged' }
}

function readVersion(db: Database.Database): number {
  const [row] = z.array(z.object({ user_version: z.number() })).parse(db.pragma('user_version'))
  return row?.user_version ?? 0
}

function migrate(db: Database.Database, from: number, migrations: readonly string[]): void {
  migrations.slice(from).forEach((sql, index) => {
    inTransaction(db, () => {
      db.exec(sql)
      db.exec(`PRAGMA user_version = ${from + index + 1}`)
    })
  })
}

/** The file exists and only this user may read it. SQLite gives its log and its shared memory the same mode. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (existsSync(path)) {
    for (const file of [path, ...companions.map((suffix) => path + suffix)]) if (existsSync(file)) restrict(file)
  } else closeSync(openSync(path, 'a', 0o600))
}

function restrict(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch {
    // A read-only disk or another owner: the file can still be read, and writing tells for itself.
  }
}

function putAside(path: string, kind: FileKind, notify: Notify): void {
  const target = setAside(path, 'damaged', companions)
  notify(`${kind.title} was damaged. It was set aside whole as ${basename(target)} and a new one was begun.`)
}
