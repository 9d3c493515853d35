import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { drops, midnight, office, officeAt, weekOf } from './days.ts'
import { day, hour, minute, Scene } from './scene.ts'

describe('an ordinary day', () => {
  it('alarms nobody: not the evening, not the night, not the morning', () => {
    const scene = office(midnight + 10 * hour)
    scene.watch(
      day,
      ({ face }) => {
        expect(face.name).toBe('well')
      },
      5 * minute,
    )
    expect(scene.notices).toEqual([])
  })

  it('alarms nobody when people leave a quarter of an hour earlier or later than last week', () => {
    for (const shift of [-15 * minute, 15 * minute]) {
      const scene = office(midnight + 15 * hour)
      scene.account.fleet = (at) => fleetOf(officeAt(at + shift), 1200)
      scene.run(6 * hour)
      expect(scene.notices).toEqual([])
    }
  })

  it('that is a holiday alarms nobody as long as more than half are there', () => {
    const scene = office(midnight + 2 * hour)
    scene.account.fleet = (at) => fleetOf(Math.round(200 + (officeAt(at) - 200) * 0.45), 1200)
    scene.run(20 * hour)
    expect(scene.notices).toEqual([])
  })

  it('does not hide a drop that falls into the evening', () => {
    const scene = office(midnight + 15 * hour)
    scene.run(2 * hour + 30 * minute)
    scene.account.fleet = (at) => fleetOf(Math.round(officeAt(at) * 0.4), 1200)
    scene.run(5 * minute)
    expect(drops(scene)).toHaveLength(1)
  })

  it('lets an outage end in the evening, when as many are back as there were last week', () => {
    const scene = office(midnight + 15 * hour)
    scene.run(hour + 55 * minute)
    scene.account.fleet = (at) => fleetOf(Math.round(officeAt(at) * 0.6), 1200)
    scene.run(4 * hour)
    expect(scene.snapshot.incidents).toHaveLength(1)
    scene.account.fleet = (at) => fleetOf(officeAt(at), 1200)
    scene.run(20 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    expect(scene.notices.map(({ key }) => key.split(':')[0])).toEqual(['drop', 'recovered'])
  })

  it('without a week to compare with can look like a drop', () => {
    const scene = new Scene({}, midnight + 15 * hour)
    scene.account.failing.readHistory = { kind: 'forbidden', scope: 'Cloudflare DEX Read', detail: '' }
    scene.account.fleet = (at) => fleetOf(officeAt(at), 1200)
    scene.connect()
    scene.run(3 * hour)
    expect(drops(scene)).toHaveLength(1)
  })

  it('is compared with our own samples where Cloudflare has no history', () => {
    const scene = new Scene({}, midnight + 15 * hour)
    scene.account.fleet = (at) => fleetOf(officeAt(at), 1200)
    scene.connect({ lastWeek: weekOf(officeAt, scene.at) })
    scene.run(6 * hour)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.fleet?.expectedFrom).toBe('last 30 minutes')
  })

  it('is remembered a point a quarter of an hour, for the same day of next week', () => {
    const scene = office(midnight + 10 * hour)
    scene.account.fleet = (at) => fleetOf(officeAt(at) + (at % (2 * minute) < minute ? 3 : 0))
    scene.run(2 * hour)
    const own = scene.state.fleet.week.filter(({ at }) => at > midnight + 10 * hour)
    expect(own.map(({ connected }) => connected)).toEqual(Array(8).fill(1003))
  })
})
