import { describe, expect, it } from 'vitest'

import { Limits } from '../../main/demo/account/limits.ts'
import { minuteMs, openAccount, tuesday } from './open-account.ts'

const verify = '/user/tokens/verify'

/** Counts so many requests in, a few each second, so that the limit of a second is not met. */
function spend(limits: Limits, owner: string, requests: number, from: number): void {
  for (let index = 0; index < requests; index++) limits.count(owner, from + Math.floor(index / 100) * 1000)
}

describe('limits of requests', () => {
  it('are told by every answer to a known token, two policies at once', async () => {
    const account = await openAccount()
    const first = await account.ask(verify)
    expect(first.headers.get('ratelimit')).toBe('"default";r=1199;t=300, "burst";r=199;t=1')
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300, "burst";q=200;w=1')
    account.pass(minuteMs)
    const second = await account.ask(verify)
    expect(second.headers.get('ratelimit')).toBe('"default";r=1198;t=240, "burst";r=199;t=1')
    expect((await account.ask(verify, { as: 'unknown' })).headers.get('ratelimit')).toBeNull()
  })

  it('are one for all tokens of a person, and one each for those of the account', async () => {
    const account = await openAccount()
    const left = async (as: 'watch' | 'both' | 'act' | 'account') =>
      /r=(\d+)/.exec((await account.ask('~/devices/resilience/disconnect', { as })).headers.get('ratelimit')!)?.[1]
    expect(await left('watch')).toBe('1199')
    expect(await left('both')).toBe('1198')
    expect(await left('act')).toBe('1199')
    expect(await left('account')).toBe('1199')
  })

  it('block everything for 5 minutes once 1,200 are passed, and then begin anew', async () => {
    const account = await openAccount()
    await account.ask(verify)
    account.pass(minuteMs)
    account.limits.useUp('user', 1200, account.account.clock.lived())
    const blocked = await account.ask(verify)
    expect(blocked.status).toBe(429)
    expect(blocked.headers.get('retry-after')).toBe('300')
    expect(blocked.headers.get('ratelimit')).toMatch(/^"default";r=0;t=300/)
    expect(blocked.body.errors[0]).toMatchObject({ code: 10429 })
    expect(blocked.body.errors[0]?.message).toMatch(/^More than 1200 requests per 300 seconds reached/)
    account.pass(4 * minuteMs)
    expect((await account.ask(verify)).headers.get('retry-after')).toBe('60')
    expect((await account.ask('~/devices/resilience/disconnect', { as: 'act' })).status).toBe(200)
    account.pass(minuteMs)
    expect((await account.ask(verify)).status).toBe(200)
  })

  it("are used up by the same person's other programs too, but not by others for the account's tokens", () => {
    const limits = new Limits(7, 60)
    limits.count('user', tuesday)
    limits.count('token', tuesday)
    const left = (owner: string) =>
      Number(/r=(\d+)/.exec(limits.count(owner, tuesday + 2 * minuteMs).headers.ratelimit ?? '')?.[1])
    expect(left('token')).toBe(1198)
    expect(left('user')).toBeLessThan(1198 - 60)
  })

  it('count windows from their first request', () => {
    const limits = new Limits(7, 0)
    spend(limits, 'token', 1200, tuesday)
    expect(limits.count('token', tuesday + 299_000).isAllowed).toBe(false)
    const others = new Limits(7, 0)
    spend(others, 'token', 1200, tuesday)
    expect(others.count('token', tuesday + 300_000).isAllowed).toBe(true)
  })

  it('let 200 a second through from one address', () => {
    const limits = new Limits(7, 0)
    const verdicts = Array.from({ length: 201 }, (_, index) => limits.count(`token ${index % 2}`, tuesday))
    expect(verdicts.filter(({ isAllowed }) => !isAllowed)).toHaveLength(1)
    expect(verdicts.at(-1)?.headers['retry-after']).toBe('1')
    expect(limits.count('token 0', tuesday + 1000).isAllowed).toBe(true)
  })
})
