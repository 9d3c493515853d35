const secondMs = 1000
/** Back-off never waits longer, so that a return is noticed within a minute. */
const longestMs = 60 * secondMs

/** How long to wait after `failures` failures in a row (1..): doubling from the poll's own rhythm, at most a minute. */
export function backOffMs(failures: number, rhythmMs: number): number {
  const base = Math.min(rhythmMs, longestMs)
  return Math.max(rhythmMs, Math.min(longestMs, base * 2 ** Math.min(failures - 1, 6)))
}

/** Spreads a delay by up to 10 % either way; `random` is in [0, 1). */
export function jitter(delayMs: number, random: number): number {
  return Math.round(delayMs * (0.9 + 0.2 * random))
}
