import { z } from 'zod'

import type { ActivityEntry, ViewName } from '../main/engine/events.ts'
import type { LedgerRow, Series } from '../main/engine/ports.ts'
import type { Snapshot } from '../main/engine/snapshot.ts'
import type { CheckReport, ConnectionSummary, Settings, ShellFacts } from './contract-types.ts'

/** What a command answers: never an exception across the bridge. `message` says what happened and what to do. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly kind: string; readonly message: string }

/** What is pushed to the dashboard whenever something to show changed. */
export interface AppView {
  readonly snapshot: Snapshot
  readonly shell: ShellFacts
}

const token = z.string().trim().min(1).max(512)
const accountId = z.string().trim().min(1).max(64)
const connectionId = z.string().min(1).max(64)
const epochMs = z.int().nonnegative()

/** What a person can set; units and ranges are those of the engine's settings. */
export const settingsSchema = z.strictObject({
  overridePollSeconds: z.int().min(5).max(300),
  fleetPollSeconds: z.int().min(10).max(600),
  windowMinutes: z.int().min(1).max(60),
  dropHoldSeconds: z.int().min(0).max(900),
  degradedPercent: z.int().min(1).max(100),
  criticalPercent: z.int().min(1).max(100),
  budgetPercent: z.int().min(1).max(100),
  theme: z.enum(['system', 'light', 'dark']),
  openAtLogin: z.boolean(),
})

/** Every command of the dashboard with the schema of its arguments. A command without a handler does not compile. */
export const commands = {
  view: z.strictObject({}),
  /** Probes each capability once with a token that is not stored. `account` null: list the accounts first. */
  checkToken: z.strictObject({ token, account: accountId.nullable() }),
  startWatching: z.strictObject({
    token,
    account: accountId,
    actToken: token.nullable(),
    /** The watch token acts too: one token for both, the weaker choice. */
    actsWithWatchToken: z.boolean(),
    /** Only after the keychain failed and the person agreed. */
    holdInMemory: z.boolean(),
  }),
  tryDemo: z.strictObject({}),
  connections: z.strictObject({}),
  activateConnection: z.strictObject({ connection: connectionId }),
  replaceToken: z.strictObject({
    connection: connectionId,
    role: z.enum(['watch', 'act']),
    token,
    holdInMemory: z.boolean(),
  }),
  forgetActToken: z.strictObject({ connection: connectionId }),
  /** Deletes its tokens and its data. The ledger stays: it is the profile's. */
  forgetConnection: z.strictObject({ connection: connectionId }),
  /** Opens the confirmation window, the only path to an act. */
  openConfirmation: z.strictObject({ direction: z.enum(['disconnect', 'reconnect']) }),
  refresh: z.strictObject({}),
  series: z.strictObject({
    dimension: z.enum(['connected', 'status', 'mode', 'platform', 'colo', 'version']),
    hours: z.union([z.literal(1), z.literal(6), z.literal(24), z.literal(168)]),
  }),
  activity: z.strictObject({ before: epochMs.nullable() }),
  ledger: z.strictObject({ before: z.int().positive().nullable() }),
  /** Asks where to save, then writes the whole ledger as JSON. */
  exportLedger: z.strictObject({}),
  settings: z.strictObject({}),
  saveSettings: settingsSchema,
  /** Null ends a pause. */
  pauseNotifications: z.strictObject({ until: z.enum(['30 minutes', '2 hours', 'morning']).nullable() }),
} as const

export type CommandName = keyof typeof commands
export type CommandArgs<C extends CommandName> = z.infer<(typeof commands)[C]>

/** What each command answers when it went well. */
export interface CommandAnswers {
  view: AppView
  checkToken: CheckReport
  startWatching: { readonly connection: string }
  tryDemo: { readonly connection: string }
  connections: readonly ConnectionSummary[]
  activateConnection: null
  replaceToken: null
  forgetActToken: null
  forgetConnection: null
  openConfirmation: null
  refresh: null
  series: Series
  activity: readonly ActivityEntry[]
  ledger: { readonly rows: readonly LedgerRow[]; readonly brokenAt: number | null }
  /** The file written, or null when the person cancelled. */
  exportLedger: { readonly path: string } | null
  settings: Settings
  saveSettings: null
  pauseNotifications: null
}

/** What the dashboard's preload puts on `window.fleetlight`. */
export interface Bridge {
  invoke<C extends CommandName>(command: C, args: CommandArgs<C>): Promise<Reply<CommandAnswers[C]>>
  /** Calls back with each new view; returns its undo. */
  onView(callback: (view: AppView) => void): () => void
  /** Main asks the window to show a view (a click on a notification, the tray). Returns its undo. */
  onNavigate(callback: (view: ViewName) => void): () => void
}
