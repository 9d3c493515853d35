import { z } from 'zod'

import { sightWithin, statusesWithin } from '../fleet/fleet.ts'
import type { Switches } from '../switches.ts'
import { operation } from '../wire/operation.ts'
import { dexGroups, dexWords } from '../wire/dex.ts'
import { one, whole } from '../wire/parameters.ts'
import { succeed } from '../wire/reply.ts'

/** The fleet now: how many devices reported within `since_minutes` (1 to 60), and under which values. */
export const readFleetLive = operation({
  id: 'dex-fleet-status-live',
  method: 'GET',
  path: '/accounts/{account_id}/dex/fleet-status/live',
  area: 'product',
  groups: dexGroups,
  query: z.strictObject({ since_minutes: one(whole(1, 60)) }),
  examples: () => [{ query: { since_minutes: ['5'] } }, { query: { since_minutes: ['60'] } }],
  answer: ({ account, query }) => {
    const { fleet, switches } = account
    const words = dexWords(switches)
    const to = account.clock.lived()
    const from = to - query.since_minutes * 60_000
    const tallies = {
      byStatus: new Map<string, number>(),
      byMode: new Map<string, number>(),
      byPlatform: new Map<string, number>(),
      byColo: new Map<string, number>(),
      byVersion: new Map<string, number>(),
    }
    const sightings = sightWithin(fleet, from, to)
    for (const { device, status } of sightings) {
      const statuses =
        switches.countedUnder === 'lastValue' ? [status] : [status, ...statusesWithin(device, from, to, fleet)]
      for (const each of new Set(statuses)) tally(tallies.byStatus, words.status(each))
      for (const colo of new Set(statuses.map((each) => words.colo(device, each)))) tally(tallies.byColo, colo)
      tally(tallies.byMode, words.mode(device.mode))
      tally(tallies.byPlatform, words.platform(device))
      tally(tallies.byVersion, device.version)
    }
    const groups = Object.entries(tallies).map(([name, counts]) => [name, toGroup(counts, switches)] as const)
    const sent = groups.filter(([, group]) => group !== undefined)
    return succeed({ deviceStats: { uniqueDevicesTotal: sightings.length, ...Object.fromEntries(sent) } })
  },
})

function tally(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1)
}

/** Sorted by count (assumed). Undefined: the group is left out. */
function toGroup(counts: ReadonlyMap<string, number>, { emptyGroups }: Switches) {
  if (counts.size === 0 && emptyGroups !== 'lists') return emptyGroups === 'null' ? null : undefined
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([value, uniqueDevicesTotal]) => ({ value, uniqueDevicesTotal }))
}
