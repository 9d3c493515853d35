import { describe, expect, it } from 'vitest'

import { dyingVersion, isMobile, obeysOverride } from '../../main/demo/fleet/catalogue.ts'
import { makeDevices } from '../../main/demo/fleet/device.ts'
import type { Device } from '../../main/demo/fleet/device.ts'
import { countTruly, sightWithin } from '../../main/demo/fleet/fleet.ts'
import type { Fleet } from '../../main/demo/fleet/fleet.ts'
import { statusAt } from '../../main/demo/fleet/status.ts'
import type { Conditions } from '../../main/demo/fleet/status.ts'
import { hourMs, minuteMs, tuesday } from './open-account.ts'

const calm: Conditions = { troubles: [], switches: [], pace: 'realistic', overriddenStatus: 'disconnected' }
const fleetOf = (conditions: Partial<Conditions> = {}, seed = 7, devices = 1000): Fleet => ({
  devices: makeDevices(devices, seed, tuesday),
  conditions: { ...calm, ...conditions },
})
const connectedAt = (fleet: Fleet, at: number) => countTruly(fleet, at).connected

describe('the simulated fleet', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(fleetOf().devices).toEqual(fleetOf().devices)
    expect(countTruly(fleetOf(), tuesday + hourMs)).toEqual(countTruly(fleetOf(), tuesday + hourMs))
    expect(fleetOf({}, 8).devices).not.toEqual(fleetOf().devices)
  })

  it('is smaller at night than at work, and smaller at weekends', () => {
    const fleet = fleetOf()
    const atWork = connectedAt(fleet, tuesday)
    expect(connectedAt(fleet, tuesday + 14 * hourMs)).toBeLessThan(atWork * 0.8)
    for (const hours of [4 * 24 - 5, 4 * 24, 5 * 24]) {
      expect(connectedAt(fleet, tuesday + hours * hourMs)).toBeLessThan(atWork * 0.58)
    }
  })

  it('never loses a tenth within half an hour on an ordinary week', () => {
    const fleet = fleetOf()
    const halfHours = Array.from({ length: 7 * 48 }, (_, index) => connectedAt(fleet, tuesday + index * 30 * minuteMs))
    const declines = halfHours.slice(1).map((now, index) => 1 - now / (halfHours[index] ?? now))
    expect(Math.max(...declines)).toBeLessThan(0.1)
  })

  it('is about the same at the same hour of another week', () => {
    const fleet = fleetOf()
    for (const hours of [0, 9, 50, 100]) {
      const [before, after] = [tuesday + (hours - 168) * hourMs, tuesday + hours * hourMs].map((at) =>
        connectedAt(fleet, at),
      )
      expect(Math.abs(1 - after! / before!)).toBeLessThan(0.08)
    }
  })

  it('keeps in a window those that have just fallen asleep', () => {
    const fleet = fleetOf()
    const evening = tuesday + 3 * hourMs
    const within = (minutes: number) => sightWithin(fleet, evening - minutes * minuteMs, evening).length
    expect(within(60)).toBeGreaterThan(within(1))
    expect(within(1)).toBeGreaterThanOrEqual(countTruly(fleet, evening).total)
  })
})

describe('a carrier outage', () => {
  const fleet = fleetOf({ troubles: [{ kind: 'carrier-outage', from: tuesday, until: tuesday + 20 * minuteMs }] })

  it('disconnects the devices of one carrier in some colos, and no others', () => {
    const before = fleetOf()
    const struck = fleet.devices.filter(
      (device) =>
        statusAt(device, tuesday - 1, fleet.conditions) === 'connected' &&
        !['connected', 'paused'].includes(statusAt(device, tuesday + 2 * minuteMs, fleet.conditions)) &&
        statusAt(device, tuesday + 2 * minuteMs, before.conditions) === 'connected',
    )
    expect(struck.length).toBeGreaterThan(connectedAt(before, tuesday) * 0.25)
    expect(new Set(struck.map(({ carrier }) => carrier.name)).size).toBe(1)
    expect(struck.every(({ colo }) => colo.isOnBrokenPath)).toBe(true)
  })

  it('is over a minute after its end', () => {
    const after = tuesday + 21 * minuteMs
    expect(countTruly(fleet, after)).toEqual(countTruly(fleetOf(), after))
  })
})

describe('a silent death', () => {
  it('takes one version out of the counts once the window has passed, without a word of disconnection', () => {
    const fleet = fleetOf({ troubles: [{ kind: 'silent-death', from: tuesday, until: null }] })
    const at = tuesday + 7 * minuteMs
    const seen = sightWithin(fleet, at - 5 * minuteMs, at)
    expect(seen.some(({ device }) => device.version === dyingVersion)).toBe(false)
    const atFirst = sightWithin(fleet, tuesday - 4 * minuteMs, tuesday + minuteMs)
    expect(atFirst.some(({ device }) => device.version === dyingVersion)).toBe(true)
    expect(countTruly(fleet, at).disconnected).toBeLessThanOrEqual(countTruly(fleetOf(), at).disconnected)
  })
})

describe('the override', () => {
  const on = (pace: Conditions['pace'], ...more: { at: number; isOn: boolean }[]) =>
    fleetOf({ pace, switches: [{ at: tuesday, isOn: true }, ...more] })

  it('disconnects most within a minute and the last after ten', () => {
    const fleet = on('realistic')
    const left = (ms: number) => countTruly(fleet, tuesday + ms).reachable
    const all = left(0)
    expect(left(minuteMs)).toBeLessThan(all * 0.35)
    expect(left(minuteMs)).toBeGreaterThan(0)
    expect(left(10 * minuteMs + 1000)).toBe(0)
  })

  it('settles within half a minute at the quick pace', () => {
    expect(countTruly(on('quick'), tuesday + 30_000).reachable).toBe(0)
    expect(countTruly(on('quick'), tuesday + 3000).reachable).toBeGreaterThan(0)
  })

  it('leaves phones and clients that are too old alone', () => {
    const fleet = on('quick')
    const at = tuesday + 5 * minuteMs
    const others = fleet.devices.filter((device) => isMobile(device.platform) || device.version.startsWith('2024.'))
    expect(others.length).toBeGreaterThan(50)
    for (const device of others) {
      expect(statusAt(device, at, fleet.conditions)).toBe(statusAt(device, at, calm))
    }
  })

  it('lets go of the fleet when it is switched off', () => {
    const fleet = on('quick', { at: tuesday + 5 * minuteMs, isOn: false })
    const after = tuesday + 6 * minuteMs
    expect(countTruly(fleet, after)).toEqual(countTruly(fleetOf(), after))
  })

  it('leaves no trace on a device that hears of it only after it was switched off', () => {
    const fleet = on('realistic', { at: tuesday + 10, isOn: false })
    for (const ms of [5000, 30_000, minuteMs, 9 * minuteMs]) {
      expect(countTruly(fleet, tuesday + ms)).toEqual(countTruly(fleetOf(), tuesday + ms))
    }
  })

  it('reaches a device that hears late with the state that is in force then', () => {
    const once = on('realistic')
    const at = (device: Device, minutes: number, { conditions }: Fleet) =>
      statusAt(device, tuesday + minutes * minuteMs, conditions)
    const late = once.devices.filter(
      (device) =>
        at(device, 6.5, once) === 'connected' &&
        at(device, 9.9, once) === 'disconnected' &&
        statusAt(device, tuesday + 9.9 * minuteMs, calm) === 'connected',
    )
    const fleet = on(
      'realistic',
      { at: tuesday + 5 * minuteMs, isOn: false },
      { at: tuesday + 6 * minuteMs, isOn: true },
    )
    expect(late.length).toBeGreaterThan(5)
    for (const device of late)
      expect(statusAt(device, tuesday + 9.95 * minuteMs, fleet.conditions)).toBe('disconnected')
  })

  it('makes disconnected devices fall silent in the end', () => {
    const fleet = on('quick')
    const soon = countTruly(fleet, tuesday + 5 * minuteMs)
    const later = countTruly(fleet, tuesday + 50 * minuteMs)
    expect(soon.disconnected).toBeGreaterThan(soon.total / 2)
    expect(later.disconnected).toBeLessThan(later.total / 4)
  })

  it('needs desktop clients of 2025.2.600.0 or newer', () => {
    expect(['2025.2.600.0', '2025.10.1.0', '2026.1.0.0'].every((version) => obeysOverride('mac', version))).toBe(true)
    expect(['2025.2.599.9', '2025.1.900.0', '2024.12.999.0'].some((version) => obeysOverride('mac', version))).toBe(
      false,
    )
    expect(obeysOverride('ios', '2026.1.0.0')).toBe(false)
  })
})
