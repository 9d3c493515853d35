import type { FleetView } from '../../main/engine/snapshot.ts'
import { formatChange, formatCount, formatShare } from './numbers.ts'

const sources: Record<NonNullable<FleetView['expectedFrom']>, string> = {
  'last 30 minutes': 'Against the last 30 min',
  'same hour last week': 'Against last week',
}

/** The connected count against what is expected, in words; `change` is negative when devices are missing. */
export interface Comparison {
  readonly change: number
  readonly changeText: string
  readonly shareText: string | null
  /** What it is compared with. */
  readonly against: string
  readonly expected: string
}

/** Null: there is nothing to compare with yet. */
export function compareWithExpected(fleet: FleetView): Comparison | null {
  if (fleet.expected === null) return null
  const change = fleet.connected - fleet.expected
  return {
    change,
    changeText: formatChange(change),
    shareText: change === 0 ? null : formatShare(Math.abs(change), fleet.expected),
    against: fleet.expectedFrom === null ? 'Against expected' : sources[fleet.expectedFrom],
    expected: `${formatCount(fleet.expected)} expected`,
  }
}
