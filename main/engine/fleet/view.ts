import type { EpochMs } from '../failure.ts'
import { fleetLimits, freshnessOf } from '../freshness.ts'
import { dimensions } from '../model.ts'
import type { Count, Dimension } from '../model.ts'
import type { FleetView } from '../snapshot.ts'
import type { EngineState } from '../state.ts'
import { sum } from './counts.ts'
import { expectDevices } from './expectation.ts'

/** A window is pushed so many values a dimension; the rest is added up. */
const valuesShown = 12

/** The fleet as it was read last; null: never, or never with its status. */
export function viewFleet({ fleet, settings }: EngineState, at: EpochMs): FleetView | null {
  const { reading, recent, week, drop } = fleet
  if (reading === null) return null
  const { summary, windowMinutes, asOf, connected } = reading
  const expectation = expectDevices(recent, week, connected, asOf)
  const freshness = freshnessOf(asOf, at, fleetLimits(settings))
  return {
    total: summary.total,
    connected,
    expected: drop?.expected ?? expectation?.devices ?? null,
    expectedFrom: drop?.from ?? expectation?.from ?? null,
    windowMinutes,
    asOf,
    freshness: fleet.isSilent && freshness === 'fresh' ? 'stale' : freshness,
    by: Object.fromEntries(dimensions.map((dimension) => [dimension, cut(summary.by[dimension])])) as Record<
      Dimension,
      ReturnType<typeof cut>
    >,
  }
}

/** The largest values first. */
function cut(counts: readonly Count[] | null) {
  if (counts === null) return null
  const sorted = [...counts].sort((a, b) => b.count - a.count)
  return { counts: sorted.slice(0, valuesShown), others: sum(sorted.slice(valuesShown)) }
}
