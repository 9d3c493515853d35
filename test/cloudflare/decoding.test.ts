import { expect, test } from 'vitest'

import { decodeFleet, decodeHistory } from '../../main/cloudflare/fleet-decoding.ts'
import { decodeOverride } from '../../main/cloudflare/override-decoding.ts'

const enveloped = (result: unknown) => decodeOverride({ result, info: null, isBare: false })
const count = (value: unknown, uniqueDevicesTotal: unknown, more = {}) => ({ value, uniqueDevicesTotal, ...more })
const noGroups = { status: null, mode: null, platform: null, colo: null, version: null }

test.each([
  [
    { disconnect: true, timestamp: '2026-03-01T09:00:00Z' },
    { value: 'on', timestamp: '2026-03-01T09:00:00Z' },
  ],
  [{ disconnect: false }, { value: 'off', timestamp: null }],
  [
    { disconnect: false, timestamp: 7, somethingNew: [] },
    { value: 'off', timestamp: null },
  ],
  [null, { value: null, timestamp: null }],
  [{}, { value: null, timestamp: null }],
  [
    { disconnect: null, timestamp: 'a\u202eb' },
    { value: null, timestamp: 'a b' },
  ],
])('an override %j is read as %j', (result, value) => {
  expect(enveloped(result)).toEqual({ ok: true, value })
})

test.each([undefined, 0, 'off', []])('an override %j is no answer, and never "off"', (result) => {
  expect(enveloped(result)).toMatchObject({ ok: false, failure: { kind: 'badShape', path: 'result' } })
})

test('an override without its envelope counts when it says something', () => {
  expect(decodeOverride({ result: { disconnect: false }, info: null, isBare: true })).toMatchObject({ ok: true })
  expect(decodeOverride({ result: { status: 'ok' }, info: null, isBare: true })).toMatchObject({
    failure: { kind: 'badShape', path: 'result.disconnect' },
  })
})

test('the fleet is read with new fields and values that nobody knew of', () => {
  const deviceStats = {
    uniqueDevicesTotal: 10,
    byStatus: [count('connected', 9, { trend: 1 }), count('hibernating', 1)],
    byMode: [count('warp+doh', 10)],
    byPlatform: [],
    byColo: [count('none', 2)],
    byVersion: [count('2026.1.0', 10)],
    byMood: [],
  }
  expect(decodeFleet({ deviceStats, more: true })).toEqual({
    ok: true,
    value: {
      summary: {
        total: 10,
        by: {
          status: [
            { value: 'connected', count: 9 },
            { value: 'hibernating', count: 1 },
          ],
          mode: [{ value: 'warp+doh', count: 10 }],
          platform: [],
          colo: [{ value: 'none', count: 2 }],
          version: [{ value: '2026.1.0', count: 10 }],
        },
      },
      skipped: [],
    },
  })
})

test('a bad item or group is left out and named, the others stand', () => {
  const deviceStats = {
    uniqueDevicesTotal: 10,
    byStatus: [count('connected', 9), count('paused', '1'), count(null, 1), 'x', count('x', -1), count('y', 1.5)],
    byMode: { warp: 10 },
    byPlatform: null,
  }
  expect(decodeFleet({ deviceStats })).toEqual({
    ok: true,
    value: {
      summary: { total: 10, by: { ...noGroups, status: [{ value: 'connected', count: 9 }] } },
      skipped: [
        'result.deviceStats.byStatus[1].uniqueDevicesTotal',
        'result.deviceStats.byStatus[2].value',
        'result.deviceStats.byStatus[3]',
        'result.deviceStats.byStatus[4].uniqueDevicesTotal',
        'result.deviceStats.byStatus[5].uniqueDevicesTotal',
        'result.deviceStats.byMode',
      ],
    },
  })
})

test.each([
  [null, 'result'],
  [{}, 'result.deviceStats'],
  [{ deviceStats: null }, 'result.deviceStats'],
  [{ deviceStats: { byStatus: [] } }, 'result.deviceStats.uniqueDevicesTotal'],
  [{ deviceStats: { uniqueDevicesTotal: null } }, 'result.deviceStats.uniqueDevicesTotal'],
  [{ deviceStats: { uniqueDevicesTotal: '10' } }, 'result.deviceStats.uniqueDevicesTotal'],
])('without a total %j is no summary', (result, path) => {
  expect(decodeFleet(result)).toMatchObject({ ok: false, failure: { kind: 'badShape', path } })
})

test('of many bad items twenty are named and the others counted', () => {
  const byColo = Array.from({ length: 50 }, () => count(null, 1))
  const read = decodeFleet({ deviceStats: { uniqueDevicesTotal: 1, byColo } })
  const skipped = read.ok ? read.value.skipped : []
  expect(skipped).toHaveLength(21)
  expect(skipped.at(-1)).toBe('and 30 more')
})

test('the history comes oldest first, in whichever style its times are', () => {
  const point = (timestamp: unknown, value: string, devices: number) => ({ timestamp, ...count(value, devices) })
  const deviceStats = {
    byStatus: [point('2026-03-01 09:00:00+00', 'connected', 8), point('2026-03-01T08:00:00Z', 'connected', 9)],
    byMode: [point('2026-03-01T08:30:00Z', 'warp', 9), point(1_772_352_000, 'warp', 9)],
  }
  const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 1, hour, minute)
  expect(decodeHistory({ deviceStats })).toEqual({
    ok: true,
    value: {
      points: [
        { at: at(8), dimension: 'status', value: 'connected', count: 9 },
        { at: at(8, 30), dimension: 'mode', value: 'warp', count: 9 },
        { at: at(9), dimension: 'status', value: 'connected', count: 8 },
      ],
      skipped: ['result.deviceStats.byMode[1].timestamp'],
    },
  })
})

test('a history without groups is empty, one without statistics is none', () => {
  expect(decodeHistory({ deviceStats: { byStatus: null } })).toEqual({ ok: true, value: { points: [], skipped: [] } })
  expect(decodeHistory({})).toMatchObject({ failure: { kind: 'badShape', path: 'result.deviceStats' } })
})
