import type { EpochMs } from '../failure.ts'
import type { OverrideValue } from '../model.ts'
import type { Act, OverrideSeen } from './act.ts'
import type { Doubt, Sight } from './override-state.ts'

/** What a reading says of an act whose end is not known. */
export type Judgement =
  | { readonly verdict: 'confirmed'; readonly doubt: null }
  | { readonly verdict: 'contradicted'; readonly doubt: null }
  | { readonly verdict: 'open'; readonly doubt: Doubt }

/** A reading of the override that says something. */
export interface Shown {
  readonly value: OverrideValue
  readonly timestamp: string | null
}

/** A change may reach what is read a little later than what was written: so long, and so often, the opposite is doubted. */
const doubtMs = 120_000
const doubtReadings = 3

export function targetOf({ direction }: Pick<Act, 'direction'>): OverrideValue {
  return direction === 'disconnect' ? 'on' : 'off'
}

/** Timestamps are compared verbatim: their format is Cloudflare's own. One that is missing says nothing. */
export function hasMoved(before: string | null, now: string | null): boolean {
  return before !== null && now !== null && before !== now
}

/** Whether what is shown is another state than the one before, or the same one set anew. */
export function isChanged({ seen, seenTimestamp }: Sight, shown: Shown): boolean {
  return seen !== shown.value || hasMoved(seenTimestamp, shown.timestamp)
}

export function sightOf(seen: OverrideSeen): Sight {
  if (seen.kind === 'unknown') return { seen: 'unknown', seenTimestamp: null }
  return { seen: seen.value, seenTimestamp: seen.timestamp }
}

/**
 * Judges an act by a reading that was asked for after its POST. What was meant is confirmed when it is shown and either
 * Cloudflare accepted the act or something changed since. Where nothing changed, for it was so before, it is confirmed
 * once it stayed; the opposite contradicts once it stayed.
 */
export function judge(
  act: Act,
  { isAccepted, isNew }: { readonly isAccepted: boolean; readonly isNew: boolean },
  shown: Shown,
  doubt: Doubt | null,
  askedAt: EpochMs,
): Judgement {
  const isShown = shown.value === targetOf(act)
  if (isShown && (isAccepted || isNew)) return { verdict: 'confirmed', doubt: null }
  const next: Doubt = { since: doubt?.since ?? askedAt, readings: (doubt?.readings ?? 0) + 1 }
  if (next.readings < doubtReadings || Math.abs(askedAt - next.since) < doubtMs) return { verdict: 'open', doubt: next }
  return { verdict: isShown ? 'confirmed' : 'contradicted', doubt: null }
}
