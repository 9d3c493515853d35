import type { ConfirmationPlan } from '../../preload/confirm-contract.ts'
import type { AppView, Reply } from '../../preload/contract.ts'
import type { CheckReport, Settings, ShellFacts } from '../../preload/contract-types.ts'
import type { ViewName } from '../engine/events.ts'
import type { EpochMs, Result } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { Clock, FleetApi, FleetStore, Keychain, Ledger, Notifier } from '../engine/ports.ts'
import type { StatusReport } from '../engine/status.ts'

/** A connection as it is stored: nothing in it is secret. */
export interface StoredConnection {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  /** The address that its tokens were entered for and are sent to; empty for the demo, whose address main makes. */
  readonly address: string
  readonly isDemo: boolean
  readonly actsWith: 'actToken' | 'watchToken' | 'none'
  readonly tokensHeldIn: 'keychain' | 'memory'
  readonly expiresOn: Readonly<Record<TokenRole, EpochMs | null>>
  readonly addedAt: EpochMs
}

/** What is no secret and outlives the process. Values are immutable; each write is atomic. */
export interface SettingsStore {
  settings(): Settings
  saveSettings(settings: Settings): void
  connections(): readonly StoredConnection[]
  saveConnections(connections: readonly StoredConnection[]): void
  activeConnection(): string | null
  activate(connection: string | null): void
  notificationsPausedUntil(): EpochMs | null
  pauseNotifications(until: EpochMs | null): void
}

/** A demo account as main makes it: address and tokens are its own and never stored. */
export interface DemoAccount {
  readonly baseUrl: string
  readonly watchToken: string
  readonly actToken: string
  readonly accountId: string
  readonly accountName: string
  close(): Promise<void>
}

/** What the confirmation window shows, and where its answers go. */
export interface OpenConfirmation {
  readonly plan: ConfirmationPlan
  /** The hold ended. The shell has checked the sender, the shape and the nonce, which is good for one time. */
  readonly onAct: (input: { readonly reason: string; readonly typedAccount: string }) => Promise<Reply<null>>
  /** Called once, when the window is gone, whoever closed it. */
  readonly onClosed: () => void
}

/** The desktop as the app needs it. */
export interface Shell {
  facts(): Omit<ShellFacts, 'keychain' | 'theme' | 'notices'>
  openDashboard(view: ViewName): void
  /** Draws in whatever is open: tray and dashboard. */
  show(view: AppView): void
  /** Opens the confirmation window. While it is open the same confirmation comes again: then it is brought to the front. */
  openConfirmation(confirmation: OpenConfirmation): void
  /** Asks where to save; null when the person cancelled. */
  askWhereToSave(suggestedName: string): Promise<string | null>
  applyTheme(theme: Settings['theme']): void
  applyOpenAtLogin(enabled: boolean): void
}

/** All that the app is built from; main/index makes the real ones. */
export interface AppPorts {
  readonly clock: Clock
  readonly version: string
  /** The address of ordinary connections. */
  readonly address: string
  readonly vaults: { readonly keychain: Keychain; readonly memory: Keychain }
  readonly keychainAccount: (address: string, accountId: string, role: TokenRole) => string
  readonly settings: SettingsStore
  readonly ledger: Ledger
  readonly openFleet: (connection: string) => Promise<FleetStore>
  readonly deleteFleet: (connection: string) => Promise<void>
  readonly openApi: (target: {
    readonly baseUrl: string
    readonly accountId: string
    readonly token: (role: TokenRole) => Promise<Result<string>>
  }) => FleetApi
  readonly checkToken: (target: {
    readonly baseUrl: string
    readonly token: string
    readonly account: string | null
  }) => Promise<Result<CheckReport>>
  readonly startDemo: () => Promise<DemoAccount>
  readonly notifier: Notifier
  readonly writeStatus: (report: StatusReport) => Promise<void>
  readonly writeFile: (path: string, text: string) => Promise<void>
  readonly newId: () => string
  /** For the jitter of the engine's timers. */
  readonly seed: number
  readonly log: (event: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void
}
