import { expect, test } from 'vitest'

import { countOfStatus, otherStatuses } from '../../renderer/lib/breakdown.ts'
import { buildChart } from '../../renderer/lib/chart-model.ts'
import { fleet, hour, minute, now } from './fixtures/snapshots.ts'

/** The schema of Cloudflare's API writes statuses in lower case, the documentation of DEX with a capital. */
const names = [
  ['connected', 'disconnected', 'paused', 'connecting'],
  ['Connected', 'Disconnected', 'Paused', 'Connecting'],
] as const

test.each(names)('statuses written as "%s" are counted, named and drawn as what they are', (...statuses) => {
  const counts = statuses.map((value, index) => ({ value, count: index + 1 }))
  const seen = { ...fleet, by: { ...fleet.by, status: { counts, others: 0 } } }
  expect(['connected', 'disconnected', 'paused'].map((status) => countOfStatus(seen, status))).toEqual([1, 2, 3])
  expect(otherStatuses(seen)).toEqual([{ value: statuses[3], count: 4 }])

  const chart = buildChart(
    {
      at: [now - minute, now],
      lines: counts.map(({ value, count }) => ({ value, counts: [count, count] })),
      recordedSince: null,
      source: 'own samples',
    },
    { from: now - hour, to: now, dimension: 'status', value: null, mostPoints: 400 },
  )
  const [connected, connecting, paused, disconnected] = [statuses[0], statuses[3], statuses[2], statuses[1]]
  expect(chart?.lines.map(({ value, style }) => [value, style.colour])).toEqual([
    [connected, 'well'],
    [connecting, 'ink'],
    [paused, 'stale'],
    [disconnected, 'critical'],
  ])
})
