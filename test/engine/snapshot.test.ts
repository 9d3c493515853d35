import { describe, expect, it } from 'vitest'

import { dimensions } from '../../main/engine/model.ts'
import type { FleetSummary } from '../../main/engine/model.ts'
import { fleetOf } from './account.ts'
import { connection, minute, noon, Scene, second } from './scene.ts'

/** A fleet that is as varied as fleets get: thousands of values in every dimension, with long names. */
function variedFleet(): FleetSummary {
  const counts = Array.from({ length: 3000 }, (_, index) => ({
    value: `${'value'.repeat(12)}-${String(index)}`,
    count: index + 1,
  }))
  const status = [{ value: 'connected', count: 90_000 }, ...counts]
  return { total: 100_000, by: { status, mode: counts, platform: counts, colo: counts, version: counts } }
}

describe('the snapshot', () => {
  it('has all that a window draws, every figure with its age', () => {
    const scene = Scene.watching()
    expect(scene.snapshot).toMatchObject({
      schema: 1,
      at: scene.at,
      presence: 'awake',
      connection,
      detail: '1,000 devices seen in 5 min, 1,000 connected, 1,000 expected · Override off',
      override: {
        state: 'off',
        freshness: 'fresh',
        timestamp: 'T0',
        intent: { kind: 'none' },
        switchedBy: { kind: 'notAsked' },
        convergence: null,
        sentence: 'Override off',
      },
      fleet: {
        total: 1000,
        connected: 1000,
        expected: 1000,
        expectedFrom: 'last 30 minutes',
        windowMinutes: 5,
        freshness: 'fresh',
      },
      incidents: [],
      lastError: null,
      notificationsPausedUntil: null,
      gap: null,
    })
    expect(scene.at - scene.snapshot.override.asOf!).toBeLessThan(12 * second)
    expect(scene.at - scene.snapshot.fleet!.asOf).toBeLessThan(35 * second)
  })

  it('ages by itself, without an event', () => {
    const scene = Scene.watching()
    scene.at += 15 * minute
    expect(scene.snapshot.override.state).toBe('unknown')
    expect(scene.snapshot.fleet?.freshness).toBe('unknown')
    expect(scene.face.name).toBe('unknown')
  })

  it('says little before anything was read', () => {
    const scene = new Scene()
    expect(scene.snapshot.detail).toBe('Nothing is read and nothing is told until an account is connected')
    scene.connect()
    expect(scene.snapshot.detail).toBe('The override was not read yet')
    expect(scene.snapshot.fleet).toBeNull()
  })

  it('has the twelve largest values of a dimension and adds up the rest', () => {
    const scene = new Scene()
    scene.account.fleet = variedFleet
    scene.connect()
    scene.run(second)
    for (const dimension of dimensions) {
      const part = scene.snapshot.fleet!.by[dimension]!
      expect(part.counts).toHaveLength(12)
      const sum = part.counts.reduce((total, { count }) => total + count, part.others)
      expect(sum).toBe((3000 * 3001) / 2 + (dimension === 'status' ? 90_000 : 0))
      expect(part.counts[0]!.count).toBeGreaterThanOrEqual(part.counts[11]!.count)
    }
    expect(scene.snapshot.fleet!.by.mode!.counts.map(({ count }) => count)).toEqual(
      Array.from({ length: 12 }, (_, index) => 3000 - index),
    )
  })

  it('is far under 50 KB, however varied the fleet, and the state a few tens of them', () => {
    const scene = new Scene()
    scene.account.fleet = variedFleet
    scene.connect()
    scene.run(minute)
    expect(JSON.stringify(scene.snapshot).length).toBeLessThan(20_000)
    const plain = new Scene()
    plain.connect({
      lastWeek: Array.from({ length: 700 }, (_, index) => ({ at: noon - index * 15 * minute, connected: 9207 })),
    })
    plain.run(40 * minute)
    expect(JSON.stringify(plain.state).length).toBeLessThan(60_000)
  })

  it('survives being copied: state and snapshot are plain data', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(2 * minute)
    expect(structuredClone(scene.state)).toEqual(scene.state)
    expect(JSON.parse(JSON.stringify(scene.snapshot))).toEqual(scene.snapshot)
  })
})

it('an override of which nothing is known yet is exactly that', () => {
  expect(new Scene().state.override).toEqual({
    seen: { kind: 'unknown' },
    isSilent: false,
    seenByCall: 0,
    outdated: null,
    intent: { kind: 'none' },
    post: null,
    doubt: null,
    connectedBefore: null,
    older: [],
    ownActs: [],
    following: null,
    switchedBy: { kind: 'notAsked' },
    inquiry: null,
    attributed: [],
  })
})

describe('the status report', () => {
  it('has exactly what scripts are promised', () => {
    const scene = Scene.watching()
    expect(scene.status).toEqual({
      schema: 1,
      face: 'well',
      override: { state: 'off', intent: 'none', timestamp: 'T0', asOf: scene.snapshot.override.asOf },
      fleet: { total: 1000, byStatus: { connected: 1000, disconnected: 0 }, asOf: scene.snapshot.fleet!.asOf },
      incidents: [],
      budget: { used: scene.calls.length, limit: 360, windowS: 300 },
      lastError: null,
      version: '1.2.3',
      writtenAt: scene.at,
    })
  })

  it('names what is wrong', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.account.failing.readOverride = { kind: 'timeout', detail: 'slow' }
    scene.run(4 * minute)
    const { id, since } = scene.snapshot.incidents[0]!
    expect(scene.status).toMatchObject({
      face: 'stale',
      incidents: [{ id, severity: 'critical', count: 300, since }],
      lastError: { kind: 'timeout', at: scene.snapshot.lastError!.at },
    })
  })

  it('of nothing is that', () => {
    expect(new Scene().status).toMatchObject({
      face: 'signed-out',
      override: { state: 'unknown', intent: 'none', timestamp: null, asOf: null },
      fleet: null,
      budget: { used: 0, limit: 360, windowS: 300 },
    })
  })

  it('of a fleet without devices has no statuses', () => {
    const scene = new Scene()
    scene.account.fleet = () => ({
      total: 0,
      by: { status: null, mode: null, platform: null, colo: null, version: null },
    })
    scene.connect()
    scene.run(second)
    expect(scene.status.fleet).toEqual({ total: 0, byStatus: {}, asOf: noon })
  })
})
