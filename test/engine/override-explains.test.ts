import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { historyOf, officeAt } from './days.ts'
import { day, hour, minute, noon, Scene, second } from './scene.ts'

const keys = (scene: Scene) => scene.notices.map(({ key }) => key)

describe('what an override explains', () => {
  it('is no drop, whoever switched it, and what is expected stays', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(15 * second)
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(hour)
    expect(keys(scene)).toEqual(['override-on:T1'])
    expect(scene.snapshot.fleet).toMatchObject({ connected: 100, expected: 1000 })
    scene.account.switch('off')
    scene.run(5 * minute)
    scene.account.fleet = () => fleetOf(1000)
    scene.run(10 * minute)
    expect(keys(scene)).toEqual(['override-on:T1', 'override-off:T2'])
    expect(scene.face.name).toBe('well')
  })

  it('lets go of a drop that was not told yet', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(600, 1000)
    scene.run(100 * second)
    scene.account.switch('on')
    scene.run(20 * minute)
    expect(keys(scene)).toEqual(['override-on:T1'])
  })

  it('does not end a drop that was told: it ends when the devices are back', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(600, 1000)
    scene.run(4 * minute)
    scene.account.switch('on')
    scene.run(15 * second)
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(10 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop', count: 400 }])
    scene.account.switch('off')
    scene.account.fleet = () => fleetOf(1000)
    scene.run(10 * minute)
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('ends after ten minutes: devices that do not come back are a drop', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(hour)
    scene.account.switch('off')
    scene.account.fleet = () => fleetOf(600, 1000)
    scene.run(9 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    scene.run(6 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop', expected: 1000, count: 400 }])
  })

  it('says nothing of the evening after hours of it, when there is no week to tell', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(3 * hour)
    scene.account.switch('off')
    scene.account.fleet = () => fleetOf(300, 1000)
    scene.run(30 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    expect(scene.face).toMatchObject({ name: 'well' })
  })

  it('is measured after hours by what last week made of those before it', () => {
    const scene = new Scene({}, Math.floor(noon / day) * day + 16 * hour)
    scene.account.fleet = (at) => fleetOf(officeAt(at), 1200)
    scene.account.history = historyOf(officeAt, scene.at)
    scene.connect()
    scene.run(30 * minute)
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(20)
    scene.run(4 * hour)
    scene.account.switch('off')
    scene.account.fleet = () => fleetOf(120)
    scene.run(15 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop', expected: 200, count: 80 }])
  })
})
