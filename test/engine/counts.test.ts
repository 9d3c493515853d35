import { describe, expect, it } from 'vitest'

import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { fleetOf } from './account.ts'
import { hour, minute, noon, Scene, second } from './scene.ts'

const drops = (scene: Scene) => scene.notices.filter(({ key }) => key.startsWith('drop:'))

describe('counts that say little', () => {
  it('without a status group are unknown, never well, and open no incident by themselves', () => {
    const scene = Scene.watching()
    const whole = fleetOf(1000)
    scene.account.fleet = () => ({ ...whole, by: { ...whole.by, status: null } })
    scene.run(31 * second)
    expect(scene.face).toMatchObject({
      name: 'unknown',
      sentence: 'Cloudflare does not say how many devices are connected',
    })
    expect(scene.snapshot.fleet).toMatchObject({ connected: 1000, freshness: 'stale' })
    expect(scene.snapshot.lastError?.failure).toMatchObject({ kind: 'badShape', path: 'deviceStats.byStatus' })
    scene.run(3 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    scene.account.fleet = () => whole
    scene.run(2 * minute)
    expect(scene.face.name).toBe('well')
  })

  it('without a status group from the start are no fleet at all', () => {
    const scene = new Scene()
    const whole = fleetOf(1000)
    scene.account.fleet = () => ({ ...whole, by: { ...whole.by, status: null } })
    scene.connect()
    scene.run(5 * second)
    expect(scene.snapshot.fleet).toBeNull()
    expect(scene.face.name).toBe('unknown')
  })

  it('without a status group do not end a drop', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(4 * minute)
    const whole = fleetOf(1000)
    scene.account.fleet = () => ({ ...whole, by: { ...whole.by, status: null } })
    scene.run(4 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop', count: 300 }])
  })

  it('without other groups are well: Cloudflare documents them as optional', () => {
    const scene = Scene.watching()
    const { total, by } = fleetOf(1000)
    scene.account.fleet = () => ({ total, by: { ...by, colo: null, version: null } })
    scene.run(2 * minute)
    expect(scene.face.name).toBe('well')
    expect(scene.snapshot.fleet?.by).toMatchObject({ colo: null, version: null })
  })

  it('with other words for the same status count the same', () => {
    const scene = Scene.watching()
    const { total, by } = fleetOf(1000)
    const status = [
      { value: 'Connected', count: 998 },
      { value: 'Connecting', count: 2 },
    ]
    scene.account.fleet = () => ({ total, by: { ...by, status } })
    scene.run(2 * minute)
    expect(scene.snapshot.fleet?.connected).toBe(998)
  })

  it('of a few devices do not alarm for one or two', () => {
    const scene = new Scene()
    scene.account.fleet = () => fleetOf(12)
    scene.connect()
    scene.run(minute)
    scene.account.fleet = () => fleetOf(10, 12)
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
    scene.account.fleet = () => fleetOf(9, 12)
    scene.run(4 * minute)
    expect(drops(scene)).toHaveLength(1)
    scene.account.fleet = () => fleetOf(11, 12)
    scene.run(4 * minute)
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('under half of what is expected are not well even before that has held', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(499, 1000)
    scene.run(35 * second)
    expect(scene.face).toMatchObject({
      name: 'degraded',
      sentence: 'Only 499 of 1,000 devices expected are connected',
    })
  })

  it('of another window are not compared with those before', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'settingsChanged', settings: { ...defaultWatchSettings, windowMinutes: 1 } })
    scene.account.fleet = () => fleetOf(600)
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.fleet).toMatchObject({ windowMinutes: 1, expected: 600 })
  })

  it('of another window leave a drop that was told open', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(4 * minute)
    scene.dispatch({ type: 'settingsChanged', settings: { ...defaultWatchSettings, windowMinutes: 1 } })
    scene.run(4 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop', expected: 1000 }])
  })

  it('low before and after a long time without any are no drop that has held', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(minute)
    scene.dispatch({ type: 'slept' })
    scene.freeze(3 * hour)
    scene.dispatch({ type: 'woke', cause: 'resume' })
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('remembered from before a restart are what is expected after it', () => {
    const scene = new Scene()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.connect({ recentConnected: [{ at: noon - 10 * minute, connected: 1000 }] })
    scene.run(4 * minute)
    expect(drops(scene)).toHaveLength(1)
  })

  it('older than half an hour are no measure', () => {
    const scene = new Scene()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.connect({ recentConnected: [{ at: noon - 31 * minute, connected: 1000 }] })
    scene.run(4 * minute)
    expect(drops(scene)).toEqual([])
  })
})
