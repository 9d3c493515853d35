import type { EpochMs } from '../engine/failure.ts'

/** What can go wrong in the demo account. */
export const troubleKinds = ['carrier-outage', 'silent-death', 'api-down', 'rate-limited'] as const
export type TroubleKind = (typeof troubleKinds)[number]

/** What the demo account can be told to live through: nothing, or one trouble. */
export const scenarioNames = ['calm', ...troubleKinds] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** A trouble in the account's life, `from` inclusive, `until` exclusive; null: until it is ended. */
export interface Trouble {
  readonly kind: TroubleKind
  readonly from: EpochMs
  readonly until: EpochMs | null
}

const minuteMs = 60_000

/** How long a scenario's trouble lasts by itself; null: it does not end. */
const lasts: Readonly<Record<TroubleKind, number | null>> = {
  'carrier-outage': 20 * minuteMs,
  'silent-death': null,
  'api-down': 8 * minuteMs,
  'rate-limited': 5 * minuteMs,
}

/** What a scenario brings when it starts at a moment. */
export function planTroubles(scenario: ScenarioName, from: EpochMs): readonly Trouble[] {
  if (scenario === 'calm') return []
  const length = lasts[scenario]
  return [{ kind: scenario, from, until: length === null ? null : from + length }]
}

/** The troubles after one was ended at a moment; those that had not begun are gone. */
export function endTroubles(troubles: readonly Trouble[], at: EpochMs): readonly Trouble[] {
  return troubles
    .filter(({ from }) => from <= at)
    .map((trouble) => ({ ...trouble, until: trouble.until === null ? at : Math.min(trouble.until, at) }))
}

/** The trouble of one kind that is on at a moment. */
export function troubleAt(troubles: readonly Trouble[], kind: TroubleKind, at: EpochMs): Trouble | null {
  return troubles.find((one) => one.kind === kind && one.from <= at && (one.until === null || at < one.until)) ?? null
}
