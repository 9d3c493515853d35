import { describe, expect, it } from 'vitest'

import { countOf, hourMs, minuteMs, openAccount, tuesday } from './open-account.ts'
import type { OpenAccount } from './open-account.ts'

async function overTime(account: OpenAccount, hours: number, more = '') {
  const from = new Date(tuesday - hours * hourMs).toISOString()
  const { body } = await account.ask(
    `~/dex/fleet-status/over-time?from=${from}&to=${new Date(tuesday).toISOString()}${more}`,
  )
  return body.result.deviceStats
}
const times = (points: readonly { readonly timestamp: string }[]) => [
  ...new Set(points.map(({ timestamp }) => Date.parse(timestamp))),
]
const step = (moments: readonly number[]) => moments[1]! - moments[0]!

describe('fleet status over time', () => {
  it('covers 7 days by the hour, in the form of timestamps that DEX has', async () => {
    const { byStatus, byMode } = await overTime(await openAccount(), 168)
    expect(byStatus[0]?.timestamp).toBe('2026-11-17 14:00:00+00')
    const moments = times(byStatus)
    expect(moments).toHaveLength(169)
    expect(step(moments)).toBe(hourMs)
    expect(times(byMode)).toEqual(moments)
  })

  it('is finer for a day, and finer again for an hour', async () => {
    const account = await openAccount()
    expect(step(times((await overTime(account, 24)).byStatus))).toBe(10 * minuteMs)
    expect(step(times((await overTime(account, 1)).byStatus))).toBe(5 * minuteMs)
  })

  it('agrees with the live counts at its end', async () => {
    const account = await openAccount({ devices: 500 })
    const now = (await overTime(account, 1)).byStatus.filter(({ timestamp }) => timestamp === '2026-11-24 14:00:00+00')
    const live = (await account.ask('~/dex/fleet-status/live?since_minutes=1')).body.result.deviceStats.byStatus
    expect(Math.abs(countOf(now, 'connected') - countOf(live, 'connected'))).toBeLessThan(5)
  })

  it('shows the outage where it was', async () => {
    const account = await openAccount({ devices: 500, scenario: 'carrier-outage', beginsAfterMs: 0 })
    account.pass(10 * minuteMs)
    const range = `from=${tuesday - 10 * minuteMs}&to=${tuesday + 10 * minuteMs}`
    const { body } = await account.ask(`~/dex/fleet-status/over-time?${range}`)
    const connected = body.result.deviceStats.byStatus
      .filter(({ value }) => value === 'connected')
      .map(({ uniqueDevicesTotal }) => uniqueDevicesTotal)
    expect(connected).toHaveLength(5)
    expect(connected[3]).toBeLessThan(connected[1]! * 0.75)
  })

  it('can be asked of one colo and of one device', async () => {
    const account = await openAccount({ devices: 500 })
    const all = await overTime(account, 24)
    const one = await overTime(account, 24, '&colo=FRA')
    expect(one.uniqueDevicesTotal).toBeGreaterThan(0)
    expect(one.uniqueDevicesTotal).toBeLessThan(all.uniqueDevicesTotal / 2)
    const [device] = account.account.devices
    expect((await overTime(account, 24, `&device_id=${device!.id}`)).uniqueDevicesTotal).toBeLessThanOrEqual(1)
  })

  it('refuses more than 7 days and ranges that run backwards', async () => {
    const account = await openAccount()
    const status = async (from: number, to: number) =>
      (await account.ask(`~/dex/fleet-status/over-time?from=${from}&to=${to}`)).status
    expect(await status(tuesday - 169 * hourMs, tuesday)).toBe(400)
    expect(await status(tuesday, tuesday - hourMs)).toBe(400)
  })
})

describe('an account that lives on in an instant', () => {
  it('has the evening behind it while its clocks stand still', async () => {
    const account = await openAccount({ devices: 500 })
    const total = async () =>
      (await account.ask('~/dex/fleet-status/live?since_minutes=5')).body.result.deviceStats.uniqueDevicesTotal
    const afternoon = await total()
    account.account.clock.skip(13 * hourMs)
    const answer = await account.ask('~/devices/settings')
    expect(await total()).toBeLessThan(afternoon * 0.8)
    expect(Date.parse(answer.headers.get('date')!)).toBe(tuesday)
    const { byStatus } = await overTime(account, 24)
    expect(Math.max(...times(byStatus))).toBe(tuesday)
    const { body } = await account.ask('~/devices/physical-devices?sort_by=last_seen_at&sort_order=desc&per_page=1')
    const seenAt = Date.parse(String(body.result[0]?.last_seen_at))
    expect(seenAt).toBeLessThanOrEqual(tuesday)
    expect(seenAt).toBeGreaterThan(tuesday - minuteMs)
  })
})
