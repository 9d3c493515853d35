import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { drops, historyOf, midnight, office, officeAt } from './days.ts'
import { matching } from './matchers.ts'
import { hour, minute, Scene, second } from './scene.ts'

describe('a carrier outage', () => {
  it('is told once, after it has held for two minutes, with its onset and what is missing', () => {
    const scene = Scene.watching()
    const onset = scene.at
    scene.account.fleet = () => fleetOf(786, 1000)
    scene.run(100 * second)
    expect(scene.notices).toEqual([])
    scene.run(10 * minute)
    expect(scene.notices).toHaveLength(1)
    const [incident] = scene.snapshot.incidents
    expect(incident).toMatchObject({
      kind: 'fleetDrop',
      severity: 'degraded',
      count: 214,
      expected: 1000,
      sentence: '214 of 1,000 devices lost connection',
    })
    expect(incident!.since - onset).toBeLessThan(35 * second)
    expect(scene.notices[0]).toEqual({
      key: `drop:${incident!.id}`,
      urgency: 'critical',
      title: '214 devices lost connection',
      body: `786 are connected, 1,000 were expected (last 30 minutes), for 2 min. The override is off and does not explain it. ${incident!.id}`,
      opens: 'overview',
    })
    expect(scene.face).toMatchObject({ name: 'degraded' })
    expect(scene.face.sentence).toMatch(/^214 of 1,000 devices lost connection, for \d+ min$/)
  })

  it('that heals before it has held is not told', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(600, 1000)
    scene.run(110 * second)
    scene.account.fleet = () => fleetOf(1000)
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('that begins anew has to hold anew', () => {
    const scene = Scene.watching()
    for (let time = 0; time < 5; time++) {
      scene.account.fleet = () => fleetOf(600, 1000)
      scene.run(minute)
      scene.account.fleet = () => fleetOf(1000)
      scene.run(minute)
    }
    expect(scene.notices).toEqual([])
  })

  it('that gets critical is told once more, and not again when it wavers', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(800, 1000)
    scene.run(4 * minute)
    for (const connected of [700, 760, 720, 890, 700]) {
      scene.account.fleet = () => fleetOf(connected, 1000)
      scene.run(3 * minute)
    }
    const [incident] = scene.snapshot.incidents
    expect(scene.notices.map(({ key }) => key)).toEqual([`drop:${incident!.id}`, `drop-critical:${incident!.id}`])
    expect(scene.notices[1]).toMatchObject({
      urgency: 'critical',
      title: `${incident!.id} is critical now`,
      body: '300 of 1,000 devices lost connection, 700 are connected',
    })
    expect(scene.face.name).toBe('critical')
  })

  it('stays critical until it is well below the limit, so that nothing flaps', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(4 * minute)
    scene.account.fleet = () => fleetOf(800, 1000)
    scene.run(2 * minute)
    expect(scene.face.name).toBe('critical')
    scene.account.fleet = () => fleetOf(880, 1000)
    scene.run(2 * minute)
    expect(scene.face.name).toBe('degraded')
  })

  it('is over when nearly all are back for two minutes, and that is told once', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(4 * minute)
    const [incident] = scene.snapshot.incidents
    scene.account.fleet = () => fleetOf(940, 1000)
    scene.run(10 * minute)
    expect(scene.snapshot.incidents).toHaveLength(1)
    scene.account.fleet = () => fleetOf(960, 1000)
    scene.run(100 * second)
    expect(scene.snapshot.incidents).toHaveLength(1)
    scene.run(10 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    expect(scene.notices.slice(1)).toEqual([
      {
        key: `recovered:${incident!.id}`,
        urgency: 'normal',
        title: 'Devices are back: 960 connected',
        body: matching(/^INC-\w{6} is over after \d+ min\. At worst 300 of 1,000 were missing$/),
        opens: 'overview',
      },
    ])
    expect(scene.face.name).toBe('well')
  })

  it('makes the fleet be read every 10 s', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(minute)
    const from = scene.at
    scene.run(minute)
    expect(scene.asked('readFleet', from).length).toBeGreaterThanOrEqual(5)
  })

  it('is not told before the override was read since, even with no hold at all', () => {
    const scene = Scene.watching({ dropHoldSeconds: 0 })
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.account.switch('on')
    scene.run(2 * minute)
    expect(drops(scene)).toEqual([])
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('is told after half a minute when the override cannot be read', () => {
    const scene = Scene.watching({ dropHoldSeconds: 0 })
    scene.account.failing.readOverride = { kind: 'timeout', detail: 'slow' }
    scene.run(15 * second)
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(90 * second)
    expect(drops(scene)).toHaveLength(1)
  })

  it('has an id that the same onset gives again', () => {
    const idOf = () => {
      const scene = Scene.watching()
      scene.account.fleet = () => fleetOf(700, 1000)
      scene.run(4 * minute)
      return scene.snapshot.incidents[0]!.id
    }
    expect(idOf()).toMatch(/^INC-[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(idOf()).toBe(idOf())
  })
})

describe('silent death', () => {
  it('counts what vanished from the counts as missing', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700)
    scene.run(4 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ count: 300, expected: 1000, severity: 'critical' }])
  })

  it('never shrinks the denominator while it lasts, though half an hour has long passed', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700)
    scene.run(5 * hour)
    expect(scene.snapshot.incidents).toMatchObject([{ count: 300, expected: 1000 }])
    expect(drops(scene)).toHaveLength(1)
  })

  it('of all devices is critical, and a total of 0 is never well before it has held either', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => ({
      ...fleetOf(0),
      by: { status: null, mode: null, platform: null, colo: null, version: null },
    })
    scene.run(45 * second)
    expect(scene.face).toMatchObject({ name: 'unknown', sentence: 'Cloudflare counts no device at all' })
    scene.run(3 * minute)
    expect(scene.face).toMatchObject({ name: 'critical' })
    expect(scene.snapshot.incidents).toMatchObject([{ count: 1000 }])
  })

  it('is noticed on an ordinary working day with a week to compare with', () => {
    const scene = office(midnight + 10 * hour)
    scene.run(hour)
    scene.account.fleet = (at) => fleetOf(Math.round(officeAt(at) * 0.7), 900)
    scene.run(4 * minute)
    expect(drops(scene)).toHaveLength(1)
    expect(scene.snapshot.incidents).toMatchObject([{ count: 300, expected: 1000 }])
  })

  it('that began before the start shows against the same hour of last week', () => {
    const scene = new Scene({}, midnight + 10 * hour)
    scene.account.history = historyOf(officeAt, scene.at)
    scene.account.fleet = () => fleetOf(450)
    scene.connect()
    scene.run(5 * minute)
    expect(drops(scene)).toHaveLength(1)
    expect(scene.snapshot.incidents).toMatchObject([{ count: 550, expected: 1000 }])
    expect(scene.snapshot.fleet).toMatchObject({ expected: 1000, expectedFrom: 'same hour last week' })
  })

  it('too slow to show in half an hour shows when less than half of last week is left', () => {
    const scene = office(midnight + 10 * hour)
    const from = scene.at
    scene.account.fleet = (at) => fleetOf(Math.round(1000 - ((at - from) / (5 * hour)) * 800))
    scene.run(5 * hour)
    expect(drops(scene)).toHaveLength(1)
  })
})
