import { describe, expect, it } from 'vitest'

import { openAccount, tuesday } from './open-account.ts'
import type { OpenAccount } from './open-account.ts'

const window = `from=${new Date(tuesday - 3_600_000).toISOString()}&to=${new Date(tuesday).toISOString()}`

/** Follows cursors to the end; the ids of each page. */
async function follow(account: OpenAccount, path: string): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = []
  let cursor = ''
  do {
    const { body } = await account.ask(cursor === '' ? path : `${path}&cursor=${cursor}`)
    pages.push(body.result.map(({ id }) => id))
    cursor = body.result_info.cursor ?? ''
  } while (cursor !== '' && pages.length < 100)
  return pages
}

describe('lists by page', () => {
  it('pages through accounts and ends with an empty page', async () => {
    const account = await openAccount({ otherAccounts: 11 })
    const page = async (number: number) => (await account.ask(`/accounts?per_page=5&page=${number}`)).body
    const pages = await Promise.all([1, 2, 3, 4].map(page))
    expect(pages.map(({ result }) => result.length)).toEqual([5, 5, 2, 0])
    expect(pages[2]!.result_info).toEqual({ page: 3, per_page: 5, count: 2, total_count: 12, total_pages: 3 })
    const ids = pages.flatMap(({ result }) => result.map(({ id }) => id))
    expect(new Set(ids).size).toBe(12)
    expect(ids).toContain(account.accountId)
  })

  it('pages through the devices of DEX, each once, in the order asked for', async () => {
    const account = await openAccount()
    const ask = async (page: number) =>
      (await account.ask(`~/dex/fleet-status/devices?${window}&page=${page}&per_page=30&sort_by=version`)).body
    const first = await ask(1)
    const { total_pages, total_count } = first.result_info
    const rest = await Promise.all(Array.from({ length: total_pages - 1 }, (_, index) => ask(index + 2)))
    const rows = [first, ...rest].flatMap(({ result }) => result)
    expect(total_pages).toBeGreaterThan(1)
    expect(rows.length).toBe(total_count)
    expect(new Set(rows.map(({ deviceId }) => deviceId)).size).toBe(total_count)
    const versions = rows.map(({ version }) => version)
    expect(versions).toEqual([...versions].sort())
  })

  it('agrees with the live counts of the same window', async () => {
    const account = await openAccount()
    const live = await account.ask('~/dex/fleet-status/live?since_minutes=60')
    const devices = await account.ask(`~/dex/fleet-status/devices?${window}&page=1&per_page=1`)
    expect(devices.body.result_info.total_count).toBe(live.body.result.deviceStats.uniqueDevicesTotal)
  })

  it('filters by what a device reports', async () => {
    const account = await openAccount()
    const { body } = await account.ask(
      `~/dex/fleet-status/devices?${window}&page=1&per_page=50&platform=windows&status=connected`,
    )
    expect(body.result.length).toBeGreaterThan(10)
    for (const row of body.result) expect(row).toMatchObject({ platform: 'windows', status: 'connected' })
  })

  it('takes 60 minutes at most for last_seen, and 7 days for hourly', async () => {
    const account = await openAccount()
    const status = async (hours: number, source: string) => {
      const from = new Date(tuesday - hours * 3_600_000).toISOString()
      const query = `from=${from}&to=${new Date(tuesday).toISOString()}&page=1&per_page=5&source=${source}`
      return (await account.ask(`~/dex/fleet-status/devices?${query}`)).status
    }
    expect(await status(1, 'last_seen')).toBe(200)
    expect(await status(2, 'last_seen')).toBe(400)
    expect(await status(24, 'hourly')).toBe(200)
    expect(await status(24, 'raw')).toBe(200)
    expect(await status(170, 'hourly')).toBe(400)
  })
})

describe('lists by cursor', () => {
  it('leads through all physical devices, each once, and ends with an empty cursor', async () => {
    const account = await openAccount()
    const pages = await follow(account, '~/devices/physical-devices?per_page=30&active_registrations=include')
    expect(pages.map((page) => page.length)).toEqual([30, 30, 30, 10])
    expect(new Set(pages.flat())).toEqual(new Set(account.account.devices.map(({ id }) => id)))
  })

  it('leads on rightly while devices move within the order', async () => {
    const account = await openAccount()
    const path = '~/devices/physical-devices?per_page=40&sort_by=last_seen_at&sort_order=desc'
    const first = await account.ask(path)
    account.pass(120_000)
    const second = await account.ask(`${path}&cursor=${first.body.result_info.cursor ?? ''}`)
    const ids = [...first.body.result, ...second.body.result].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has an order, filters and a policy for who asks', async () => {
    const account = await openAccount()
    const { body } = await account.ask(
      '~/devices/physical-devices?per_page=100&sort_by=name&sort_order=desc&search=lap-fra&include=last_seen_registration.policy',
    )
    const names = body.result.map(({ name }) => name)
    expect(names.length).toBeGreaterThan(1)
    expect(names).toEqual([...names].sort().reverse())
    expect(names.every((name) => name.startsWith('lap-fra'))).toBe(true)
    expect(body.result[0]).toMatchObject({ last_seen_registration: { policy: { deleted: false } } })
  })

  it('tells active registrations from revoked ones', async () => {
    const account = await openAccount()
    const count = async (status: string) =>
      (await follow(account, `~/devices/registrations?per_page=50&status=${status}`)).flat().length
    const [active, revoked, all] = [await count('active'), await count('revoked'), await count('all')]
    expect(revoked).toBeGreaterThan(0)
    expect(active + revoked).toBe(all)
    expect(all).toBe(100)
  })

  it('refuses a cursor that is not one of its own, and pages that are too long', async () => {
    const account = await openAccount()
    expect((await account.ask('~/devices/physical-devices?cursor=AAAA')).status).toBe(400)
    expect((await account.ask('~/devices/physical-devices?per_page=101')).status).toBe(400)
    expect((await account.ask('~/logs/audit?since=2026-01-01&before=2026-12-01&cursor=AAAA')).status).toBe(400)
  })

  it('leads through the audit log with a cursor and a count that is a text', async () => {
    const account = await openAccount()
    const path = '~/logs/audit?since=2026-11-01&before=2026-12-01&limit=2'
    const { body } = await account.ask(path)
    expect(body.result_info.count).toBe('2')
    expect(body).not.toHaveProperty('messages')
    const pages = await follow(account, path)
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    expect(new Set(pages.flat()).size).toBe(5)
  })
})
