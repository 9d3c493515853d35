import { z } from 'zod'

import type { Account } from '../account/account.ts'
import { sight } from '../fleet/fleet.ts'
import type { Sighting } from '../fleet/fleet.ts'
import { dexRecord } from '../wire/dex-records.ts'
import type { DexRecord } from '../wire/dex-records.ts'
import { dexGroups } from '../wire/dex.ts'
import { operation } from '../wire/operation.ts'
import { moment, one, text, whole, word } from '../wire/parameters.ts'
import { refuseRequest, succeed } from '../wire/reply.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const at = moment({ takesMilliseconds: true })
const sortFields = ['colo', 'device_id', 'mode', 'platform', 'status', 'timestamp', 'version'] as const

/**
 * Device by device, by page and per_page (1 to 50). With source last_seen the window is at most 60 minutes: wider ones are
 * documented to be rejected from 2026-06-01 on. hourly and raw reach back 7 days; raw is every 10 minutes here (assumed).
 */
export const listFleetDevices = operation({
  id: 'dex-fleet-status-devices',
  method: 'GET',
  path: '/accounts/{account_id}/dex/fleet-status/devices',
  area: 'product',
  groups: dexGroups,
  query: z.strictObject({
    from: one(at),
    to: one(at),
    page: one(whole(1, 1_000_000)),
    per_page: one(whole(1, 50)),
    sort_by: one(word(...sortFields)).default('timestamp'),
    source: one(word('last_seen', 'hourly', 'raw')).default('last_seen'),
    colo: one(text(10)).optional(),
    device_id: one(text(64)).optional(),
    mode: one(text(50)).optional(),
    status: one(text(50)).optional(),
    platform: one(text(50)).optional(),
    version: one(text(50)).optional(),
  }),
  examples: ({ now, deviceId }) => {
    const page = { page: ['1'], per_page: ['50'] }
    const range = (ms: number) => ({ from: [new Date(now - ms).toISOString()], to: [new Date(now).toISOString()] })
    return [
      { query: { ...range(hourMs), ...page, source: ['last_seen'], sort_by: ['colo'] } },
      { query: { ...range(24 * hourMs), ...page, source: ['hourly'], device_id: [deviceId] } },
    ]
  },
  answer: ({ account, query }) => {
    const { from, to, page, per_page, source } = query
    if (to <= from) return refuseRequest('"from" is not before "to"', '/from')
    const longest = source === 'last_seen' ? hourMs : 7 * 24 * hourMs
    if (to - from > longest + minuteMs) {
      const hint = source === 'last_seen' ? '60 minutes; use source=hourly or source=raw' : '7 days'
      return refuseRequest(`With source=${source} the range is at most ${hint}`, '/from')
    }
    const records = gather(account, query).filter((record) =>
      (['colo', 'mode', 'status', 'platform', 'version'] as const).every(
        (field) => query[field] === undefined || record[field].toLowerCase() === query[field].toLowerCase(),
      ),
    )
    sort(records, query.sort_by, account.switches.deviceOrder === 'newestFirst')
    const shown = records.slice((page - 1) * per_page, page * per_page)
    return succeed(shown, {
      page,
      per_page,
      count: shown.length,
      total_count: records.length,
      total_pages: Math.ceil(records.length / per_page),
    })
  },
})

interface Range {
  readonly from: number
  readonly to: number
  readonly source: 'last_seen' | 'hourly' | 'raw'
  readonly device_id?: string | undefined
}

function gather(account: Account, { from, to, source, device_id }: Range): DexRecord[] {
  const { clock, fleet } = account
  const until = Math.min(to, clock.now())
  const stepMs = source === 'hourly' ? hourMs : source === 'raw' ? 10 * minuteMs : until - from
  const records: DexRecord[] = []
  for (let end = until; end > from; end -= stepMs) {
    const since = clock.toLived(Math.max(from, end - stepMs))
    for (const device of fleet.devices) {
      const sighting: Sighting | null = sight(device, clock.toLived(end), fleet)
      if (sighting === null || sighting.at <= since) continue
      const record = dexRecord(account, sighting)
      if (device_id === undefined || record.deviceId === device_id) records.push(record)
    }
  }
  return records
}

/** Which way the default order runs is not documented; by anything else it ascends. */
function sort(records: DexRecord[], by: (typeof sortFields)[number], newestFirst: boolean): void {
  const field = by === 'device_id' ? 'deviceId' : by
  const sign = by === 'timestamp' && newestFirst ? -1 : 1
  records.sort((left, right) => {
    if (left[field] !== right[field]) return left[field] < right[field] ? -sign : sign
    return left.deviceId < right.deviceId ? -1 : 1
  })
}
