import { z } from 'zod'

import { countOverTime } from '../fleet/history.ts'
import { operation } from '../wire/operation.ts'
import { dexGroups, dexWords } from '../wire/dex.ts'
import { dexDeviceId } from '../wire/device-records.ts'
import { moment, one, text } from '../wire/parameters.ts'
import { refuseRequest, succeed } from '../wire/reply.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const longestMs = 7 * 24 * hourMs

const at = moment({ takesMilliseconds: true })

/** Status and mode over time, up to 7 days. */
export const readFleetOverTime = operation({
  id: 'dex-fleet-status-over-time',
  method: 'GET',
  path: '/accounts/{account_id}/dex/fleet-status/over-time',
  area: 'product',
  groups: dexGroups,
  query: z.strictObject({
    from: one(at),
    to: one(at),
    colo: one(text(10)).optional(),
    device_id: one(text(64)).optional(),
  }),
  examples: ({ now }) => [
    { query: { from: [new Date(now - longestMs).toISOString()], to: [new Date(now).toISOString()] } },
    { query: { from: [new Date(now - hourMs).toISOString()], to: [new Date(now).toISOString()], colo: ['FRA'] } },
  ],
  answer: ({ account, query: { from, to, colo, device_id } }) => {
    if (to <= from) return refuseRequest('"from" is not before "to"', '/from')
    if (to - from > longestMs + minuteMs) return refuseRequest('The range is longer than 7 days', '/from')
    const { clock, fleet, switches } = account
    const words = dexWords(switches)
    const devices = fleet.devices.filter(
      (device) =>
        (colo === undefined || device.colo.code === colo) &&
        (device_id === undefined || dexDeviceId(device, switches) === device_id),
    )
    const shown = slots(from, Math.min(to, clock.now()))
    const { slots: counted, uniqueDevices } = countOverTime(
      fleet,
      devices,
      shown.map((moment) => clock.toLived(moment)),
    )
    const points = <T extends string>(
      counts: (index: number) => Iterable<readonly [T, number]>,
      word: (value: T) => string,
    ) =>
      shown.flatMap((moment, index) =>
        [...counts(index)].map(([value, uniqueDevicesTotal]) => ({
          timestamp: words.timestamp(moment),
          uniqueDevicesTotal,
          value: word(value),
        })),
      )
    return succeed({
      deviceStats: {
        uniqueDevicesTotal: uniqueDevices,
        byStatus: points((index) => counted[index]?.byStatus ?? [], words.status),
        byMode: points((index) => counted[index]?.byMode ?? [], words.mode),
      },
    })
  },
})

/** How finely time is cut is not documented. Assumed: 5 minutes up to 6 hours, 10 up to a day, an hour beyond. */
function slots(from: number, to: number): readonly number[] {
  const range = to - from
  const width = range <= 6 * hourMs ? 5 * minuteMs : range <= 24 * hourMs ? 10 * minuteMs : hourMs
  const first = Math.ceil(from / width) * width
  return Array.from({ length: Math.max(0, Math.floor((to - first) / width) + 1) }, (_, index) => first + index * width)
}
