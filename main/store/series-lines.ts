import type { Series } from '../engine/ports.ts'
import type { Slot } from './series-slots.ts'

/** Values with a line of their own; the rest is added up. */
const ownLines = 10

/**
 * A line for each of the largest values, largest first, and one called "others" for the rest. Values that differ only
 * in case are one: Cloudflare's history and its live counts need not spell them alike.
 */
export function toLines(slots: readonly (Slot | null)[]): Series['lines'] {
  const spelling = new Map<string, string>()
  const sizes = new Map<string, number>()
  const folded = slots.map((slot) => {
    if (slot === null) return null
    const counts = new Map<string, number>()
    for (const [value, count] of slot.counts) {
      const key = value.toLowerCase()
      spelling.set(key, value)
      counts.set(key, (counts.get(key) ?? 0) + count)
      sizes.set(key, (sizes.get(key) ?? 0) + count)
    }
    return counts
  })
  const bySize = [...sizes.keys()].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a.localeCompare(b))
  const line = (value: string, keys: readonly string[]) => ({
    value,
    counts: folded.map((counts) => counts && keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0)),
  })
  const lines = bySize.slice(0, ownLines).map((key) => line(spelling.get(key) ?? key, [key]))
  return bySize.length > ownLines ? [...lines, line('others', bySize.slice(ownLines))] : lines
}
