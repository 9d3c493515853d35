import type { EpochMs } from '../failure.ts'
import type { FleetReading } from '../model.ts'
import type { Drop } from './drop.ts'
import type { RecentCount } from './expectation.ts'
import type { Week } from './week.ts'

/** A reading that tells how many devices are connected. */
export interface CountedReading extends FleetReading {
  readonly connected: number
}

/** What is known of the fleet. */
export interface FleetState {
  /** The newest that says how many are connected; null: none yet. */
  readonly reading: CountedReading | null
  /** The newest answer did not say how many are connected. */
  readonly isSilent: boolean
  /** How many parts of the newest answer could not be read. */
  readonly skipped: number
  /** Connected counts of the last half hour, oldest first. */
  readonly recent: readonly RecentCount[]
  /** Connected counts of the last seven days and a little more, oldest first. */
  readonly week: Week
  /** Up to when Cloudflare's history was read; null: not yet. */
  readonly historyTo: EpochMs | null
  readonly drop: Drop | null
}

export function startFleet(): FleetState {
  return { reading: null, isSilent: false, skipped: 0, recent: [], week: [], historyTo: null, drop: null }
}

/** The connected count that was read last, however old it is; null: none yet. */
export function connectedNow({ reading }: FleetState): number | null {
  return reading?.connected ?? null
}
