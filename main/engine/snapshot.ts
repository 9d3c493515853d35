import type { LastError } from './events.ts'
import { decideFace } from './face.ts'
import type { Face } from './face.ts'
import type { EpochMs } from './failure.ts'
import { viewFleet } from './fleet/view.ts'
import type { Incident } from './incidents/incident.ts'
import type { AuditEntry, Connection, Count, Dimension, Direction } from './model.ts'
import type { OverrideIntent } from './override/act.ts'
import { viewOverride } from './override/view.ts'
import { gapAt, presenceOf } from './presence.ts'
import { fuel } from './schedule/governor.ts'
import type { EngineState } from './state.ts'
import { countOf, devicesOf } from './wording.ts'

/** How far a figure can be trusted by its age alone. */
export type Freshness = 'fresh' | 'stale' | 'unknown'

/** What the fuel gauge shows of one token's budget. */
export interface Fuel {
  /** Requests spent in the running window, ours only. */
  readonly used: number
  /** What we allow ourselves in one window. */
  readonly limit: number
  readonly windowSeconds: number
  /** Left at Cloudflare for everybody on this token, as the headers said; null: not told. */
  readonly remainingAtCloudflare: number | null
  /** Nothing is sent before this; null: not blocked. */
  readonly blockedUntil: EpochMs | null
}

/** How the devices follow a switch. */
export interface Convergence {
  readonly direction: Direction
  readonly since: EpochMs
  /** Connected when it was confirmed; null: not known. */
  readonly connectedBefore: number | null
  readonly connectedNow: number | null
  readonly asOf: EpochMs | null
}

/** Who switched the override last, as far as the audit log says. */
export type SwitchedBy =
  | { readonly kind: 'known'; readonly entry: AuditEntry; readonly byUs: boolean }
  | { readonly kind: 'notInLogYet' }
  | { readonly kind: 'notPermitted' }
  | { readonly kind: 'notAsked' }

export interface OverrideView {
  readonly state: 'on' | 'off' | 'unknown'
  readonly freshness: Freshness
  readonly timestamp: string | null
  readonly asOf: EpochMs | null
  readonly intent: OverrideIntent
  readonly switchedBy: SwitchedBy
  readonly convergence: Convergence | null
  /** "Override off", "Override on since 03:14, not read for 4 min", ... */
  readonly sentence: string
}

export interface FleetView {
  readonly total: number
  readonly connected: number
  /** Connected devices expected now; null: nothing to compare with yet. */
  readonly expected: number | null
  readonly expectedFrom: 'last 30 minutes' | 'same hour last week' | null
  readonly windowMinutes: number
  readonly asOf: EpochMs
  readonly freshness: Freshness
  /** The largest values first, at most 12 a dimension, the rest added up in `others`; null: Cloudflare sent none. */
  readonly by: Readonly<Record<Dimension, { readonly counts: readonly Count[]; readonly others: number } | null>>
}

/** All that a window needs to draw: small (< 50 KB), without secrets, every figure with its age. */
export interface Snapshot {
  readonly schema: 1
  readonly at: EpochMs
  readonly face: Face
  /** A second line under the sentence: the most useful facts, with ages left to the views. */
  readonly detail: string
  readonly presence: 'awake' | 'asleep' | 'offline'
  readonly connection: Connection | null
  readonly override: OverrideView
  readonly fleet: FleetView | null
  /** Open ones, the most severe first, at most 20. */
  readonly incidents: readonly Incident[]
  readonly fuel: { readonly watch: Fuel; readonly act: Fuel | null }
  readonly lastError: LastError | null
  readonly notificationsPausedUntil: EpochMs | null
  /** While asleep or quit nothing is watched: the newest such gap, if it ended within the last hour. */
  readonly gap: { readonly from: EpochMs; readonly to: EpochMs } | null
}

const incidentsShown = 20

/** The state as the windows and the tray see it at `at`, which may be later than the last event: figures age. */
export function takeSnapshot(state: EngineState, at: EpochMs): Snapshot {
  const { connection, budgets } = state
  const override = viewOverride(state, at)
  const fleet = viewFleet(state, at)
  const presence = presenceOf(state.machine)
  const incidents = state.incidents.slice(0, incidentsShown)
  const isConnected = connection !== null
  const isFleetSilent = state.fleet.isSilent
  return {
    schema: 1,
    at,
    face: decideFace({ at, isConnected, presence, override, fleet, isFleetSilent, incidents }),
    detail: sayDetail(connection, fleet, override),
    presence,
    connection,
    override,
    fleet,
    incidents,
    fuel: { watch: fuel(budgets.watch, at), act: connection?.actsWith === 'actToken' ? fuel(budgets.act, at) : null },
    lastError: state.lastError,
    notificationsPausedUntil: state.notificationsPausedUntil,
    gap: gapAt(state, at),
  }
}

function sayDetail(connection: Connection | null, fleet: FleetView | null, { sentence }: OverrideView): string {
  if (connection === null) return 'Nothing is read and nothing is told until an account is connected'
  if (fleet === null) return sentence
  const seen = `${devicesOf(fleet.total)} seen in ${fleet.windowMinutes} min, ${countOf(fleet.connected)} connected`
  const expected = fleet.expected === null ? '' : `, ${countOf(fleet.expected)} expected`
  return `${seen}${expected} · ${sentence}`
}
