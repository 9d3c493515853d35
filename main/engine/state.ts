import type { LastError } from './events.ts'
import type { EpochMs } from './failure.ts'
import { startFleet } from './fleet/fleet-state.ts'
import type { FleetState } from './fleet/fleet-state.ts'
import type { Incident } from './incidents/incident.ts'
import type { Connection, TokenRole } from './model.ts'
import { startOverride } from './override/override-state.ts'
import type { OverrideState } from './override/override-state.ts'
import type { Gap, Machine } from './presence.ts'
import { openBudget } from './schedule/governor.ts'
import type { Budget } from './schedule/governor.ts'
import { startStreams } from './schedule/streams.ts'
import type { Streams } from './schedule/streams.ts'
import type { WatchSettings } from './settings.ts'

/** All that the engine knows. Plain data, a few tens of kilobytes at most; bulk lives in the store. */
export interface EngineState {
  readonly settings: WatchSettings
  /** Of the generator that spreads the polls. */
  readonly seed: number
  /** Never used twice in the life of the app: an answer for a connection that is gone finds no call. */
  readonly nextCallId: number
  readonly machine: Machine
  readonly connection: Connection | null
  /** One a token. A connection that acts with its watch token spends that one. */
  readonly budgets: Readonly<Record<TokenRole, Budget>>
  readonly streams: Streams
  readonly override: OverrideState
  readonly fleet: FleetState
  /** Open ones, at most one of a kind. */
  readonly incidents: readonly Incident[]
  /** The least number of days before its end that was told of a token; null: none yet. */
  readonly toldEnding: Readonly<Record<TokenRole, number | null>>
  readonly lastError: LastError | null
  readonly gap: Gap | null
  readonly notificationsPausedUntil: EpochMs | null
}

/** What is known when nothing is watched. */
export function startState(settings: WatchSettings, seed: number): EngineState {
  return {
    settings,
    seed,
    nextCallId: 1,
    machine: { asleepSince: null, isNetworkLost: false, offlineInRow: 0, steppedAt: null },
    connection: null,
    ...startWatching(settings),
    notificationsPausedUntil: null,
  }
}

/** The part of the state that belongs to one connection, before anything was read. */
export function startWatching({ budgetPercent }: WatchSettings) {
  return {
    budgets: { watch: openBudget(budgetPercent), act: openBudget(budgetPercent) },
    streams: startStreams(),
    override: startOverride(),
    fleet: startFleet(),
    incidents: [],
    toldEnding: { watch: null, act: null },
    lastError: null,
    gap: null,
  }
}
