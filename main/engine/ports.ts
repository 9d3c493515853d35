import type { Call, CallOutcome } from './calls.ts'
import type { ActivityEntry, LedgerFailure, Memory, Notice } from './events.ts'
import type { EpochMs, Result } from './failure.ts'
import type { Dimension, FleetReading, HistoryPoint } from './model.ts'
import type { ActState, LedgerEntry } from './override/act.ts'

/** The wall clock and one kind of timer; tests bring a virtual one. */
export interface Clock {
  now(): EpochMs
  /** Runs `callback` once, at or after `at`; returns its undo. */
  at(at: EpochMs, callback: () => void): () => void
}

/** One account at Cloudflare. Each call is sent at most once and always ends: with an answer or a failure. */
export interface FleetApi {
  send(call: Call): Promise<CallOutcome>
  /** Ends every open call (a write that may have been carried out as `timeout`, others as `offline`); nothing is sent afterwards. */
  close(): void
}

export interface SeriesQuery {
  readonly dimension: Dimension | 'connected'
  readonly from: EpochMs
  readonly to: EpochMs
  /** At most this many points a line, 10..1000. */
  readonly points: number
}

/** Lines over one shared axis; null is "not recorded". */
export interface Series {
  readonly at: readonly EpochMs[]
  readonly lines: readonly { readonly value: string; readonly counts: readonly (number | null)[] }[]
  /** When our own recording (or Cloudflare's history) of this dimension begins; null: nothing recorded. */
  readonly recordedSince: EpochMs | null
  readonly source: 'cloudflare' | 'own samples' | 'both'
}

/** The fleet's memory of one connection: SQLite in its worker. */
export interface FleetStore {
  recordFleet(reading: FleetReading): Promise<void>
  recordHistory(points: readonly HistoryPoint[], asOf: EpochMs): Promise<void>
  recordActivity(entry: ActivityEntry): Promise<void>
  /** Newest first; `before` is exclusive. At most 200 rows. */
  activity(before: EpochMs | null, limit: number): Promise<readonly ActivityEntry[]>
  series(query: SeriesQuery): Promise<Series>
  /** All of Memory but what the ledger and the settings know. */
  remember(now: EpochMs): Promise<Pick<Memory, 'recentConnected' | 'lastWeek' | 'watchedUntil'>>
  close(): Promise<void>
}

/** A row of the ledger as it stands on disk. */
export interface LedgerRow {
  readonly seq: number
  readonly entry: LedgerEntry
  readonly prevHash: string
  readonly hash: string
}

/** The append-only, hash-chained record of every act of the app, one a profile. */
export interface Ledger {
  append(entry: LedgerEntry): Promise<Result<null, LedgerFailure>>
  /** The last row of each act that is in one of `states`, oldest first. */
  lastRows(accountId: string, states: readonly ActState[]): Promise<readonly LedgerEntry[]>
  /** Newest first; `before` is an exclusive seq. At most 200 rows. */
  page(before: number | null, limit: number): Promise<readonly LedgerRow[]>
  /** null: the chain is whole; else the seq of the first row that does not fit. */
  verify(): Promise<number | null>
  close(): Promise<void>
}

export type SecretFailure =
  /** There is no keychain service, or it refuses. */
  | { readonly kind: 'absent'; readonly detail: string }
  /** It did not answer in time: locked and waiting for a person, or hung. */
  | { readonly kind: 'silent'; readonly detail: string }

/** The OS keychain. Every call ends within its deadline. */
export interface Keychain {
  read(account: string): Promise<Result<string | null, SecretFailure>>
  write(account: string, secret: string): Promise<Result<null, SecretFailure>>
  forget(account: string): Promise<Result<null, SecretFailure>>
}

/** Desktop notifications. */
export interface Notifier {
  show(notice: Notice): void
}
