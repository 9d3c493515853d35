import { setTimeout as sleep } from 'node:timers/promises'

export interface Patience {
  /** Given up after this; 10,000 if not told. */
  readonly timeoutMs?: number
  /** Looked again after this; 100 if not told. */
  readonly everyMs?: number
}

/**
 * Looks again and again until there is something other than null, and returns it. Throws when patience ends, naming what
 * was waited for and, if the look threw, why.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  { timeoutMs = 10_000, everyMs = 100 }: Patience = {},
): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    let trouble = ''
    try {
      const seen = await look()
      if (seen !== null) return seen
    } catch (error) {
      trouble = ` (${error instanceof Error ? error.message : String(error)})`
    }
    if (performance.now() >= end) throw new Error(`Not within ${timeoutMs} ms: ${what}${trouble}`)
    await sleep(everyMs)
  }
}
