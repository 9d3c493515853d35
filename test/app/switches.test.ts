import { expect, test } from 'vitest'

import { switchFacts, type Switches } from '../../main/demo/switches.ts'
import type { Snapshot } from '../../main/engine/snapshot.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount, type TestAccount } from './harness/account.ts'
import { Fleetlight } from './harness/fleetlight.ts'

/** Whatever Cloudflare leaves open, the app works either way: as is plain, and with each other value alone. */
const ways: readonly (readonly [string, Partial<Switches>])[] = [
  ['all is plain', {}],
  ...Object.entries(switchFacts).flatMap(([name, { values }]) =>
    values.slice(1).map((value: unknown) => [`${name} is ${String(value)}`, { [name]: value }] as const),
  ),
]

async function watching(switches: Partial<Switches>): Promise<[Fleetlight, TestAccount]> {
  const account = await openAccount({ devices: 20, switches })
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.connect()
  return [fleetlight, account]
}

const connected = ({ fleet }: Snapshot) => fleet?.connected ?? 0
const events = ({ notices }: Fleetlight) => notices.map(({ key }) => key.replace(/:.*/, ''))

test.each(ways.filter(([, { overrideShape }]) => overrideShape !== 'nullResult'))(
  'it reads well, switches both ways and attributes the switch of another when %s',
  async (_, switches) => {
    const [fleetlight, account] = await watching(switches)
    const before = connected(await fleetlight.until('well', ({ face }) => face.name === 'well', 60))
    expect(before).toBeGreaterThan(10)

    await fleetlight.switchOverride('disconnect', 'Either way')
    await fleetlight.until('on', ({ override, face }) => override.state === 'on' && face.name === 'override-on', 60)
    await fleetlight.until('the fleet follows', (seen) => connected(seen) < before / 2)
    await fleetlight.until('named as ours', ({ override: { switchedBy } }) => {
      return switchedBy.kind === 'known' && switchedBy.byUs
    })

    await fleetlight.switchOverride('reconnect', 'Either way back')
    await fleetlight.until('off', ({ override }) => override.state === 'off', 60)
    await fleetlight.until('well again', ({ face }) => face.name === 'well')

    account.switchedBy('ana@example.com', true, 'Maintenance')
    const { override } = await fleetlight.until('attributed', ({ override: { switchedBy } }) => {
      return switchedBy.kind === 'known' && !switchedBy.byUs
    })
    expect(override).toMatchObject({ state: 'on', switchedBy: { entry: { actor: 'ana@example.com' } } })

    expect(account.received('POST').map(({ status }) => status)).toEqual([200, 200])
    expect(await fleetlight.ledgerStates()).toEqual(['intended', 'sent', 'confirmed', 'intended', 'sent', 'confirmed'])
    expect(events(fleetlight)).toEqual(['override-on', 'override-off', 'override-on'])
  },
)

test('where the result is null the override stays unknown, and can be switched all the same', async () => {
  const [fleetlight, account] = await watching({ overrideShape: 'nullResult' })
  const states = new Set<string>()
  const until = (what: string, isSo: (seen: Snapshot) => boolean) =>
    fleetlight.until(what, (seen) => {
      states.add(`${seen.override.state} ${seen.face.name}`)
      return isSo(seen)
    })
  const before = connected(await until('the fleet is read', ({ fleet }) => fleet !== null))
  expect(before).toBeGreaterThan(10)

  expect(await fleetlight.switchOverride('disconnect', 'In the dark')).toEqual({ ok: true, value: null })
  await until('it is unconfirmed', ({ override: { intent } }) => intent.kind === 'unconfirmed')
  await until('the fleet drops', ({ incidents }) => incidents.length === 1)
  expect(fleetlight.notices.at(-1)?.body).toContain('Whether the override explains it is not known')

  expect(await fleetlight.switchOverride('reconnect', 'Still dark')).toEqual({ ok: true, value: null })
  await until('it is unconfirmed', ({ override: { intent } }) => intent.kind === 'unconfirmed')
  await until('the fleet is back', (seen) => seen.incidents.length === 0 && connected(seen) > before / 2)

  expect([...states]).toEqual(['unknown unknown'])
  expect(fleetlight.status()).toMatchObject({ face: 'unknown', override: { state: 'unknown', intent: 'unconfirmed' } })
  expect(account.received('POST').map(({ status }) => status)).toEqual([200, 200])
  // Cloudflare accepted both; that no reading shows either is never written down as if one had.
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'sent', 'intended', 'sent'])
  expect(events(fleetlight)).toEqual(['act-unconfirmed', 'drop', 'act-unconfirmed', 'recovered'])
})

test.each(['null', 'absent'] as const)(
  'a fleet of which groups are %s when empty is never well',
  async (emptyGroups) => {
    const [fleetlight, account] = await watching({ emptyGroups })
    await fleetlight.until('well', ({ face }) => face.name === 'well', 60)
    account.account.hideFleet(true)
    const hidden = await fleetlight.until('nothing is seen', ({ fleet }) => fleet?.total === 0)
    expect(hidden.face.name).not.toBe('well')
    await fleetlight.until('told', ({ face }) => face.name === 'critical')
  },
)

test.each(['refused', 'listed'] as const)(
  'a token of the account works where /accounts is %s',
  async (accountTokenAtAccounts) => {
    for (const accountTokenAtUserVerify of [401, 403] as const) {
      const account = await openAccount({ devices: 20, switches: { accountTokenAtAccounts, accountTokenAtUserVerify } })
      const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
      await fleetlight.connect({ token: account.tokens.account, actToken: null })
      await fleetlight.until('well', ({ face }) => face.name === 'well', 60)
    }
  },
)

test.each([
  ['keepsTimestamp', 1],
  ['movesTimestamp', 2],
] as const)('the same state set again by another is told where it can be seen: %s', async (repeatedPost, times) => {
  const [fleetlight, account] = await watching({ repeatedPost })
  await fleetlight.until('well', ({ face }) => face.name === 'well', 60)
  for (const who of ['ana@example.com', 'ben@example.com']) {
    account.switchedBy(who, true, null)
    await fleetlight.pass(60)
  }
  expect(events(fleetlight)).toEqual(Array.from({ length: times }, () => 'override-on'))
})

test.each([10429, 971] as const)(
  'a limit that is used up is told as that with code %i, and waited for',
  async (rateLimitCode) => {
    const [fleetlight, account] = await watching({ rateLimitCode })
    await fleetlight.until('well', ({ face }) => face.name === 'well', 60)
    account.limits.useUp('user', 1200, account.clock.now())
    await fleetlight.until('it is blocked', ({ lastError }) => lastError?.failure.kind === 'rateLimited')
    const { length } = account.received()
    await fleetlight.pass(60)
    expect(account.received()).toHaveLength(length)
    await fleetlight.until('well again', ({ face }) => face.name === 'well')
  },
)
