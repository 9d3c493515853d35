import type { DemoOptions } from '../../main/demo/server.ts'
import type { Switches } from '../../main/demo/switches.ts'
import type { Ask } from './asking.ts'

/** The demo account in which a quirk is tried, at a clock that stands at `at`. */
export type Setting = Omit<DemoOptions, 'now'> & { readonly at: number }

/** A Tuesday in the working hours of Europe. */
export const usualSetting: Setting = { devices: 60, at: Date.UTC(2026, 10, 3, 10) }

/** What quirks need that show in other settings only. */
export const settings: { readonly [name in keyof Switches]?: Partial<Setting> } = {
  rateLimitCode: { scenario: 'rate-limited', beginsAfterMs: 0 },
  // A Sunday night in which each device sleeps or is disconnected in silence: no group has anything in it.
  emptyGroups: { devices: 20, seed: 1, at: Date.UTC(2026, 10, 1), switches: { overriddenStatus: 'silent' } },
}

/** Questions that only show quirks: the demo account need not have a result for them. */
export function showing(now: number): readonly Ask[] {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const range = [
    ['since', day(now - 30 * 86_400_000)],
    ['before', day(now + 86_400_000)],
  ] as const
  const account = 'GET /accounts/{account_id}'
  return [
    { operation: `${account}/logs/audit`, query: [...range, ['raw_uri', '/nowhere']], token: 'user', filled: [] },
    { operation: `${account}/devices/physical-devices`, query: [['per_page', '100']], token: 'user', filled: [] },
  ]
}

/** Where a quirk is known to leave the document; all others keep to it. */
export const departures: { readonly [name in keyof Switches]?: readonly string[] } = {
  lastPageCursor: ['result_info.cursor'],
  rateLimitCode: ['errors[].code'],
}
