import type { EpochMs } from '../engine/failure.ts'

/** What one slot of an axis shows: the counts of a real reading, by value. */
export interface Slot {
  readonly at: EpochMs
  readonly counts: ReadonlyMap<string, number>
}

/** A hole of up to this many times the usual distance between recordings is jitter, not a time without recording. */
const bridgedGaps = 3
const leastBridgedMs = 5 * 60_000

/**
 * Carries a slot on over empty ones when the next reading came soon enough that watching never stopped. What is before
 * the first reading, after the last or in a longer gap stays null: not recorded.
 */
export function bridgeGaps(slots: readonly (Slot | null)[], typicalGapMs: number): readonly (Slot | null)[] {
  const longest = Math.max(bridgedGaps * typicalGapMs, leastBridgedMs)
  const bridged = [...slots]
  let previous: { readonly index: number; readonly slot: Slot } | null = null
  slots.forEach((slot, index) => {
    if (slot === null) return
    if (previous !== null && slot.at - previous.slot.at <= longest) bridged.fill(previous.slot, previous.index, index)
    previous = { index, slot }
  })
  return bridged
}
