import { createHash } from 'node:crypto'

import type { LedgerEntry } from '../engine/override/act.ts'

/** What the first row of a ledger follows. */
export const genesisHash = '0'.repeat(64)

/**
 * The hash of a row: SHA-256 over the hash of the row before it and every column in a fixed order, as JSON, which
 * writes each value in one way only and never runs two of them together.
 */
export function hashRow(seq: number, { act, state, at, note }: LedgerEntry, prevHash: string): string {
  const columns = [
    prevHash,
    seq,
    act.id,
    at,
    act.accountId,
    act.kind,
    act.direction,
    state,
    act.seenTimestamp,
    act.reason,
    act.incident,
    act.revertAt,
    act.accountName,
    act.seen,
    act.at,
    note,
  ]
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex')
}
