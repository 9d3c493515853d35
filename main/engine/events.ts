import type { Call, CallOutcome } from './calls.ts'
import type { EpochMs, Failure, Result } from './failure.ts'
import type { Act, LedgerEntry } from './override/act.ts'
import type { Connection, Direction, FleetReading, HistoryPoint } from './model.ts'
import type { WatchSettings } from './settings.ts'

/** Everything that can happen to the engine. `at` is the wall clock when it happened. */
export type EngineEvent = { readonly at: EpochMs } &
  /** The timer that was asked for by `nextDueAt` fired. */
  (
    | { readonly type: 'tick' }
    /** A connection is watched from now on; `memory` is what the store still knew. Replaces any connection before it. */
    | { readonly type: 'connected'; readonly connection: Connection; readonly memory: Memory }
    /** Nothing is watched any more. */
    | { readonly type: 'disconnected' }
    /** The tokens or their expiry changed; watching goes on. */
    | { readonly type: 'connectionChanged'; readonly connection: Connection }
    | { readonly type: 'settingsChanged'; readonly settings: WatchSettings }
    | { readonly type: 'answered'; readonly callId: number; readonly outcome: CallOutcome }
    /** Resume, unlock or network back. */
    | { readonly type: 'woke'; readonly cause: 'resume' | 'unlock' | 'network' }
    | { readonly type: 'slept' }
    | { readonly type: 'networkLost' }
    /** A person asked to see fresh figures now. */
    | { readonly type: 'refreshAsked' }
    | { readonly type: 'confirmOpened'; readonly actId: string; readonly direction: Direction }
    | { readonly type: 'confirmClosed'; readonly actId: string }
    /** The hold ended: the act is to be written to the ledger, then sent once. */
    | { readonly type: 'actConfirmed'; readonly act: Act }
    | { readonly type: 'ledgerAppended'; readonly entry: LedgerEntry; readonly result: Result<null, LedgerFailure> }
    | { readonly type: 'notificationsPaused'; readonly until: EpochMs | null }
  )

export interface LedgerFailure {
  readonly kind: 'full' | 'readOnly' | 'broken'
  readonly detail: string
}

/** What is remembered of a connection from before this start. */
export interface Memory {
  /** The newest readings of the last 30 minutes' connected counts, oldest first. */
  readonly recentConnected: readonly { readonly at: EpochMs; readonly connected: number }[]
  /** Connected count of a week ago for the coming week, from the API or our samples; oldest first, at most 700 points. */
  readonly lastWeek: readonly { readonly at: EpochMs; readonly connected: number }[]
  /** Acts whose last ledger row is intended, sent or unconfirmed. */
  readonly unsettled: readonly LedgerEntry[]
  /** When the app last watched this connection; null: never. */
  readonly watchedUntil: EpochMs | null
  readonly notificationsPausedUntil: EpochMs | null
}

export const emptyMemory: Memory = {
  recentConnected: [],
  lastWeek: [],
  unsettled: [],
  watchedUntil: null,
  notificationsPausedUntil: null,
}

/** What the engine wants done. Each is carried out once; results come back as events. */
export type Effect =
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'appendLedger'; readonly entry: LedgerEntry }
  | { readonly type: 'recordFleet'; readonly reading: FleetReading }
  | { readonly type: 'recordHistory'; readonly points: readonly HistoryPoint[]; readonly asOf: EpochMs }
  | { readonly type: 'recordActivity'; readonly entry: ActivityEntry }
  | { readonly type: 'notify'; readonly notice: Notice }

/** Names of the dashboard's views. */
export type ViewName = 'overview' | 'override' | 'activity' | 'settings' | 'about'

/** A desktop notification: one an event, never one a poll. */
export interface Notice {
  /** One event, one key: `override-on:<timestamp>`, `drop:<incident>`, ... */
  readonly key: string
  readonly urgency: 'low' | 'normal' | 'critical'
  /** Plain text; adapters escape it. Title at most 80, body at most 300 characters. */
  readonly title: string
  readonly body: string
  /** What a click opens. */
  readonly opens: ViewName
}

/** One line of the Activity view: what Fleetlight saw or did. */
export interface ActivityEntry {
  readonly at: EpochMs
  readonly kind: 'saw' | 'did' | 'failed' | 'told'
  readonly tone: Tone
  /** A whole sentence, at most 300 characters. */
  readonly text: string
}

/** One meaning per tone; the shell draws each with its colour and its shape. */
export type Tone = 'well' | 'degraded' | 'critical' | 'override' | 'information' | 'stale'

/** The last thing that went wrong on the wire, for the status file and the windows. */
export interface LastError {
  readonly failure: Failure
  readonly at: EpochMs
}
