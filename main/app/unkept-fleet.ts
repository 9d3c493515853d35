import type { ActivityEntry } from '../engine/events.ts'
import { emptyMemory } from '../engine/events.ts'
import type { FleetStore } from '../engine/ports.ts'

const activityRows = 500

/**
 * Stands in for the store where that cannot be had at all, for watching must go on: it holds the newest activity until
 * quit, and of the fleet nothing.
 */
export function openUnkeptFleet(): FleetStore {
  const entries: ActivityEntry[] = []
  return {
    recordFleet: () => Promise.resolve(),
    recordHistory: () => Promise.resolve(),
    recordActivity: (entry) => {
      entries.unshift(entry)
      entries.length = Math.min(entries.length, activityRows)
      return Promise.resolve()
    },
    activity: (before, limit) =>
      Promise.resolve(entries.filter(({ at }) => before === null || at < before).slice(0, limit)),
    series: () => Promise.resolve({ at: [], lines: [], recordedSince: null, source: 'own samples' }),
    remember: () => Promise.resolve(emptyMemory),
    close: () => Promise.resolve(),
  }
}
