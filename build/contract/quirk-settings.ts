import type { DemoOptions } from '../../main/demo/server.ts'
import type { Switches } from '../../main/demo/switches.ts'
import type { Ask } from './asking.ts'

/** The demo account in which a quirk is tried, at a clock that stands at `at`. */
export type Setting = Omit<DemoOptions, 'now'> & { readonly at: number }

/** A Tuesday in the working hours of Europe. */
const usual: Setting = { devices: 60, at: Date.UTC(2026, 10, 3, 10), pace: 'quick' }

/** Where a quirk shows: most do in any account. */
export function settingOf(name: keyof Switches): Setting {
  return name === 'rateLimitCode' ? { ...usual, scenario: 'rate-limited', beginsAfterMs: 0 } : usual
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
