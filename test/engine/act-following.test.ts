import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { minute, noon, Scene, second } from './scene.ts'

const intentOf = (scene: Scene) => scene.snapshot.override.intent
const keys = (scene: Scene) => scene.notices.map(({ key }) => key)

describe('after a switch', () => {
  it('the devices are followed until they have dropped, mobile ones aside', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.fleet = () => fleetOf(400, 1000)
    scene.run(minute)
    expect(scene.snapshot.override.convergence).toMatchObject({
      direction: 'disconnect',
      connectedBefore: 1000,
      connectedNow: 400,
      asOf: scene.snapshot.fleet?.asOf,
    })
    expect(scene.snapshot.fleet?.asOf).toBeGreaterThan(noon)
    expect(scene.face.sentence).toBe('Override on: 400 devices still connected')
    scene.account.fleet = () => fleetOf(151, 1000)
    scene.run(30 * second)
    expect(intentOf(scene).kind).toBe('converging')
    scene.account.fleet = () => fleetOf(150, 1000)
    scene.run(15 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'settled', outcome: 'done' })
    expect(scene.snapshot.override.convergence).toBeNull()
    expect(scene.texts.at(-1)).toMatch(
      /^Devices have dropped: 150 connected, 1,000 before the switch, \d+ \w+ after it$/,
    )
    expect(scene.face.sentence).toBe('Override on: 150 devices connected')
  })

  it('they have ten minutes, then it is settled and said what has followed', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(9 * minute)
    expect(intentOf(scene).kind).toBe('converging')
    scene.run(70 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'settled', outcome: 'done' })
    expect(scene.texts.at(-1)).toBe(
      'Devices had the 10 minutes that Cloudflare documents to follow: 1,000 connected, 1,000 before the switch, 10 min after it',
    )
  })

  it('the counts that never came are said to be unknown', () => {
    const scene = new Scene()
    scene.account.mute.add('readFleet')
    scene.connect()
    scene.run(5 * second)
    scene.confirm('disconnect')
    scene.run(11 * minute)
    expect(scene.texts.some((text) => text.includes('an unknown number connected, 10 min after it'))).toBe(true)
    expect(scene.notices[0]?.body).toMatch(/^Desktop clients drop/)
  })

  it('back on, they are followed until nearly all are back', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(5 * minute)
    scene.confirm('reconnect')
    scene.run(20 * second)
    expect(scene.face).toMatchObject({
      name: 'degraded',
      sentence: 'Devices are coming back: 100 of 1,000 devices connected',
    })
    scene.account.fleet = () => fleetOf(949, 1000)
    scene.run(30 * second)
    expect(intentOf(scene).kind).toBe('converging')
    scene.account.fleet = () => fleetOf(950, 1000)
    scene.run(15 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'settled', outcome: 'done' })
    expect(scene.texts.at(-1)).toMatch(/^Devices have come back: 950 connected, 100 before the switch/)
    expect(scene.face.name).toBe('well')
  })

  it('override and fleet are read more often', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    const from = scene.at
    scene.run(minute)
    expect(scene.asked('readOverride', from).length).toBeGreaterThanOrEqual(20)
    expect(scene.asked('readFleet', from).length).toBeGreaterThanOrEqual(5)
  })

  it('a disconnect of a fleet whose platforms are not told is given its ten minutes', () => {
    const scene = Scene.watching()
    const untold = (connected: number) => {
      const { total, by } = fleetOf(connected, 1000)
      return { total, by: { ...by, platform: null } }
    }
    scene.account.fleet = () => untold(1000)
    scene.run(35 * second)
    scene.confirm('disconnect')
    scene.account.fleet = () => untold(0)
    scene.run(9 * minute)
    expect(intentOf(scene).kind).toBe('converging')
  })

  it('a reconnect with nothing known from before is given its ten minutes', () => {
    const scene = new Scene()
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(0, 1000)
    scene.connect()
    scene.run(minute)
    scene.confirm('reconnect')
    scene.run(9 * minute)
    expect(intentOf(scene).kind).toBe('converging')
    scene.run(2 * minute)
    expect(intentOf(scene).kind).toBe('settled')
  })

  it('a reading without status counts does not tell whether they followed', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(2 * second)
    const { total, by } = fleetOf(0, 1000)
    scene.account.fleet = () => ({ total, by: { ...by, status: null } })
    scene.run(minute)
    expect(intentOf(scene).kind).toBe('converging')
  })

  it('a fleet of mobile devices only stays as it is', () => {
    const scene = new Scene()
    const { total, by } = fleetOf(1000)
    const platform = [
      { value: 'iOS', count: 600 },
      { value: 'android', count: 300 },
      { value: 'ChromeOS', count: 100 },
    ]
    scene.account.fleet = () => ({ total, by: { ...by, platform } })
    scene.connect()
    scene.run(minute)
    scene.confirm('disconnect')
    scene.run(20 * second)
    expect(scene.record.activity.at(-1)).toMatch(/^saw, information: Devices have dropped: 1,000 connected/)
  })

  it('an answer from a place that does not know of it yet changes nothing', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(10 * second)
    scene.account.value = 'off'
    scene.account.timestamp = 'T0'
    scene.run(5 * second)
    expect(scene.snapshot.override.state).toBe('on')
    expect(keys(scene)).toEqual(['override-on:T1'])
  })

  it('a ledger that cannot record what came of it says so', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(100)
    scene.ledgerFailure = { kind: 'full', detail: 'ENOSPC' }
    scene.run(10 * second)
    expect(scene.texts).toContain(
      'The ledger could not record what came of the emergency disconnect. The disk is full: free some space. (ENOSPC)',
    )
    expect(intentOf(scene).kind).toBe('converging')
  })
})
