import type { ActivityEntry, LedgerFailure, Memory } from '../engine/events.ts'
import type { EpochMs, Result } from '../engine/failure.ts'
import type { FleetReading, HistoryPoint } from '../engine/model.ts'
import type { ActState, LedgerEntry } from '../engine/override/act.ts'
import type { LedgerRow, Series, SeriesQuery } from '../engine/ports.ts'
import type { StoreErrorKind } from './store-error.ts'

export type Remembered = Pick<Memory, 'recentConnected' | 'lastWeek' | 'watchedUntil'>

/** All that the worker does. Every file is opened when it is first needed, so a new worker needs no introduction. */
export interface Operations {
  fleetOpen(connection: string): null
  fleetRecord(connection: string, reading: FleetReading): null
  fleetRecordHistory(connection: string, points: readonly HistoryPoint[]): null
  fleetRecordActivity(connection: string, entry: ActivityEntry): null
  fleetActivity(connection: string, before: EpochMs | null, limit: number): readonly ActivityEntry[]
  fleetSeries(connection: string, query: SeriesQuery): Series
  fleetRemember(connection: string, now: EpochMs): Remembered
  fleetClose(connection: string): null
  fleetDelete(connection: string): null
  ledgerOpen(): null
  ledgerAppend(entry: LedgerEntry): Result<null, LedgerFailure>
  ledgerLastRows(accountId: string, states: readonly ActState[]): readonly LedgerEntry[]
  ledgerPage(before: number | null, limit: number): readonly LedgerRow[]
  ledgerVerify(): number | null
  ledgerClose(): null
  closeAll(): null
}

export type OperationName = keyof Operations

export interface StoreRequest {
  readonly id: number
  readonly name: OperationName
  readonly args: readonly unknown[]
}

/** `notices`: sentences about what the worker did to files while it answered (set aside, begun anew). */
export type StoreReply = { readonly id: number; readonly notices: readonly string[] } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly kind: StoreErrorKind; readonly detail: string }
)

export interface WorkerData {
  readonly profileDir: string
}
