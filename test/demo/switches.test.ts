import { describe, expect, it } from 'vitest'

import { chooseSwitches, switchFacts } from '../../main/demo/switches.ts'
import type { Switches } from '../../main/demo/switches.ts'
import { minuteMs, openAccount, tuesday } from './open-account.ts'
import type { OpenAccount } from './open-account.ts'

const window = `from=${new Date(tuesday - 50 * minuteMs).toISOString()}&to=${new Date(tuesday).toISOString()}`
const live = '~/dex/fleet-status/live?since_minutes=60'
const devices = `~/dex/fleet-status/devices?${window}&page=1&per_page=50`
const override = '~/devices/resilience/disconnect'
const audit = '~/logs/audit?since=2026-11-01&before=2026-12-01'

const field = async (account: OpenAccount, path: string, name: string) =>
  (await account.ask(path)).body.result.map((row) => row[name])

/** What is to be seen of each switch from outside; a test has it differ for each of its values. */
const looks: { readonly [name in keyof Switches]: (account: OpenAccount) => Promise<unknown> } = {
  lastPageCursor: async (account) => (await account.ask('~/devices/registrations?per_page=100')).body.result_info,
  overriddenStatus: async (account) => {
    await account.ask(override, { as: 'act', post: { disconnect: true } })
    account.pass(12 * minuteMs)
    return (await account.ask('~/dex/fleet-status/live?since_minutes=1')).body.result.deviceStats
  },
  repeatedPost: async (account) => {
    account.pass(1000)
    return (await account.ask(override, { as: 'act', post: { disconnect: false } })).body.result
  },
  overrideShape: async (account) => (await account.ask(override)).body.result,
  rateLimitCode: async (account) => {
    account.limits.useUp('user', 2000, tuesday)
    return (await account.ask(live)).body.errors[0]?.code
  },
  emails: async (account) => [
    await field(account, devices, 'personEmail'),
    await field(account, '~/devices/registrations', 'user'),
  ],
  auditDelayMinutes: async (account) => {
    await account.ask(override, { as: 'act', post: { disconnect: true } })
    return (await field(account, audit, 'id')).length
  },
  auditUriFilter: async (account) => (await field(account, `${audit}&raw_uri=/nowhere`, 'id')).length,
  largestCursorPage: async (account) => (await account.ask('~/devices/physical-devices?per_page=60')).status,
  macName: async (account) => (await account.ask(live)).body.result.deviceStats.byPlatform,
  statusCase: async (account) => (await account.ask(live)).body.result.deviceStats.byStatus,
  modeNames: async (account) => (await account.ask(live)).body.result.deviceStats.byMode,
  emptyGroups: async (account) => {
    account.account.hideFleet(true)
    return (await account.ask(live)).body.result.deviceStats
  },
  deviceOrder: (account) => field(account, devices, 'timestamp'),
  countedUnder: async (account) => (await account.ask(live)).body.result.deviceStats.byStatus,
  percentScale: (account) => field(account, devices, 'cpuPct'),
  dexDeviceId: (account) => field(account, devices, 'deviceId'),
  dexTimestamps: (account) => field(account, devices, 'timestamp'),
  disconnectedColo: async (account) => (await account.ask(live)).body.result.deviceStats.byColo,
  nullableFields: (account) => field(account, '~/devices/physical-devices', 'last_seen_at'),
  accountTokenAtUserVerify: async (account) => (await account.ask('/user/tokens/verify', { as: 'account' })).status,
  accountTokenAtAccounts: async (account) => (await account.ask('/accounts', { as: 'account' })).status,
}

const names = Object.keys(switchFacts) as (keyof Switches)[]

describe('what no document settles', () => {
  it('is plain unless chosen otherwise', () => {
    expect(chooseSwitches()).toEqual(Object.fromEntries(names.map((name) => [name, switchFacts[name].values[0]])))
    expect(chooseSwitches({ macName: 'macos' })).toEqual({ ...chooseSwitches(), macName: 'macos' })
  })

  it.each(names)('can be seen to differ: %s', async (name) => {
    const seen: string[] = []
    for (const value of switchFacts[name].values) {
      const account = await openAccount({ pace: 'quick', seed: 11, switches: { [name]: value } })
      seen.push(JSON.stringify({ seen: await looks[name](account) }))
    }
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('shows audit entries once their delay has passed', async () => {
    const account = await openAccount({ switches: { auditDelayMinutes: 3 } })
    await account.ask(override, { as: 'act', post: { disconnect: true } })
    const count = async () => (await account.ask(audit)).body.result.length
    const before = await count()
    account.pass(3 * minuteMs)
    expect(await count()).toBe(before + 1)
  })
})
