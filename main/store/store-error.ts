import type { LedgerFailure } from '../engine/events.ts'

/**
 * full: no space left. readOnly: the place cannot be written. broken: the file or the disk fails.
 * crashed: the worker died; whether the call was carried out is not known. closed: the store was closed before.
 */
export type StoreErrorKind = LedgerFailure['kind'] | 'crashed' | 'closed'

/** Why the store could not do what was asked; `message` is for a person. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly kind: StoreErrorKind

  constructor(kind: StoreErrorKind, message: string) {
    super(message)
    this.kind = kind
  }
}

// Primary result codes of SQLite (sqlite.org/rescode.html).
const sqlite = { error: 1, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const

/** SQLite's primary result code of an error that libsql threw; null when it is none of SQLite's. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode & 0xff
  // A failed open is a plain Error whose text ends in the code: `ConnectionFailed("Unable to open ...: 14")`.
  const code = /^ConnectionFailed\(.*: (\d+)"?\)$/s.exec(error.message)?.[1]
  return code === undefined ? null : Number(code) & 0xff
}

/** Whether the content of the file itself is at fault, so that only another file can help. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  return code === sqlite.corrupt || code === sqlite.notADatabase
}

/** Whether SQLite refused the statement itself: the tables are not the ones we made. */
export function isForeign(error: unknown): boolean {
  return codeOf(error) === sqlite.error
}

/** What libsql or the file system threw, as a failure with a kind. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200)
  return new StoreError(kindOf(error), detail)
}

function kindOf(error: unknown): LedgerFailure['kind'] {
  const code = codeOf(error)
  if (code === sqlite.full) return 'full'
  if (code === sqlite.readOnly || code === sqlite.cannotOpen) return 'readOnly'
  const system = error instanceof Error && 'code' in error ? error.code : null
  if (system === 'ENOSPC' || system === 'EDQUOT') return 'full'
  if (system === 'EROFS' || system === 'EACCES' || system === 'EPERM' || system === 'ENOTDIR') return 'readOnly'
  return 'broken'
}
