import { z } from 'zod'

import type { Account } from '../account/account.ts'
import { sight } from '../fleet/fleet.ts'
import type { Sighting } from '../fleet/fleet.ts'
import { dexRecord } from '../wire/dex-records.ts'
import { dexDeviceId } from '../wire/device-records.ts'
import { dexGroups, dexWords } from '../wire/dex.ts'
import { operation } from '../wire/operation.ts'
import { moment, one, text, whole, word } from '../wire/parameters.ts'
import { refuseRequest, succeed } from '../wire/reply.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const at = moment({ takesMilliseconds: true })
const sortFields = ['colo', 'device_id', 'mode', 'platform', 'status', 'timestamp', 'version'] as const
type SortField = (typeof sortFields)[number]

const querySchema = z.strictObject({
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
})
type Query = z.output<typeof querySchema>

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
  query: querySchema,
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
    const sightings = gather(account, query)
    const shown = sortBy(sightings, query.sort_by, account).slice((page - 1) * per_page, page * per_page)
    return succeed(
      shown.map((sighting) => dexRecord(account, sighting)),
      {
        page,
        per_page,
        count: shown.length,
        total_count: sightings.length,
        total_pages: Math.ceil(sightings.length / per_page),
      },
    )
  },
})

/** What was reported in the range and passes the filters. */
function gather(account: Account, query: Query): readonly Sighting[] {
  const { clock, fleet, switches } = account
  const { from, to, source, device_id } = query
  const devices =
    device_id === undefined
      ? fleet.devices
      : fleet.devices.filter((device) => dexDeviceId(device, switches) === device_id)
  const filters = (['colo', 'mode', 'status', 'platform', 'version'] as const).flatMap((field) => {
    const wanted = query[field]?.toLowerCase()
    return wanted === undefined ? [] : [{ field: fieldOf(field, account), wanted }]
  })
  const until = Math.min(to, clock.now())
  const stepMs = source === 'hourly' ? hourMs : source === 'raw' ? 10 * minuteMs : until - from
  const sightings: Sighting[] = []
  for (let end = until; end > from; end -= stepMs) {
    const since = clock.toLived(Math.max(from, end - stepMs))
    for (const device of devices) {
      const sighting = sight(device, clock.toLived(end), fleet)
      if (sighting === null || sighting.at <= since) continue
      if (filters.every(({ field, wanted }) => String(field(sighting)).toLowerCase() === wanted))
        sightings.push(sighting)
    }
  }
  return sightings
}

/** Which way the default order runs is not documented; by anything else it ascends. */
function sortBy(sightings: readonly Sighting[], by: SortField, account: Account): readonly Sighting[] {
  const field = fieldOf(by, account)
  const sign = by === 'timestamp' && account.switches.deviceOrder === 'newestFirst' ? -1 : 1
  return sightings
    .map((sighting) => ({ sighting, key: field(sighting) }))
    .sort((left, right) => {
      if (left.key !== right.key) return left.key < right.key ? -sign : sign
      return left.sighting.device.id < right.sighting.device.id ? -1 : 1
    })
    .map(({ sighting }) => sighting)
}

/** Reads a field of what a sighting says, in the words of the wire. */
function fieldOf(name: SortField, { switches }: Account): (sighting: Sighting) => string | number {
  const words = dexWords(switches)
  switch (name) {
    case 'colo':
      return ({ device, status }) => words.colo(device, status)
    case 'device_id':
      return ({ device }) => dexDeviceId(device, switches)
    case 'mode':
      return ({ device }) => words.mode(device.mode)
    case 'platform':
      return ({ device }) => words.platform(device)
    case 'status':
      return ({ status }) => words.status(status)
    case 'timestamp':
      return ({ at: moment }) => moment
    case 'version':
      return ({ device }) => device.version
  }
}
