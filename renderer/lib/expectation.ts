import type { FleetView } from '../../main/engine/snapshot.ts'
import { formatChange, formatCount, formatShare } from './numbers.ts'

const sources: Record<NonNullable<FleetView['expectedFrom']>, string> = {
  'last 30 minutes': 'the most in the last 30 min',
  'same hour last week': 'this hour last week',
}

/** The connected count against what is expected, in words; `change` is negative when devices are missing. */
export interface Comparison {
  readonly change: number
  readonly changeText: string
  readonly shareText: string | null
  readonly against: string
}

/** Null: there is nothing to compare with yet. */
export function compareWithExpected(fleet: FleetView): Comparison | null {
  if (fleet.expected === null) return null
  const change = fleet.connected - fleet.expected
  const source = fleet.expectedFrom === null ? '' : `, ${sources[fleet.expectedFrom]}`
  return {
    change,
    changeText: formatChange(change),
    shareText: change === 0 ? null : formatShare(Math.abs(change), fleet.expected),
    against: `${formatCount(fleet.expected)} expected${source}`,
  }
}
