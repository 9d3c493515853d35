import { describe, expect, it } from 'vitest'

import { openAccount } from './open-account.ts'

const live = '~/dex/fleet-status/live?since_minutes=5'

describe('refusals of the wire', () => {
  it('answers a token without the form of one with 400 / 6003 and the reason behind it', async () => {
    const account = await openAccount()
    const answer = await account.ask(live, { authorization: 'Bearer not a token' })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      success: false,
      errors: [{ code: 6003, message: 'Invalid request headers', error_chain: [{ code: 6111 }] }],
      result: null,
    })
    expect((await account.ask(live, { authorization: null })).status).toBe(400)
  })

  it('answers an unknown token with 401 / 1000 where tokens are verified, and with 403 elsewhere', async () => {
    const account = await openAccount()
    expect(await account.ask('/user/tokens/verify', { as: 'unknown' })).toMatchObject({
      status: 401,
      body: { errors: [{ code: 1000, message: 'Invalid API Token' }] },
    })
    expect(await account.ask(live, { as: 'unknown' })).toMatchObject({
      status: 403,
      body: { errors: [{ code: 10000 }] },
    })
    expect(await account.ask('/accounts', { as: 'unknown' })).toMatchObject({
      status: 403,
      body: { errors: [{ code: 9109 }] },
    })
  })

  it('answers a missing permission with 403: 10000 from products, 9109 from the API itself', async () => {
    const account = await openAccount()
    const of = async (path: string, as: 'noGroups' | 'noAudit' | 'watch', post?: unknown) => {
      const { status, body } = await account.ask(path, { as, post })
      return [status, body.errors[0]?.code]
    }
    expect(await of(live, 'noGroups')).toEqual([403, 10000])
    expect(await of('~/logs/audit?since=2026-11-01&before=2026-12-01', 'noAudit')).toEqual([403, 9109])
    expect(await of('~/devices/resilience/disconnect', 'watch', { disconnect: true })).toEqual([403, 10000])
    expect(account.account.override.isOn).toBe(false)
  })

  it('lets an act token that may only write the override read it too, and nothing else', async () => {
    const account = await openAccount()
    expect((await account.ask('~/devices/resilience/disconnect', { as: 'act' })).status).toBe(200)
    expect((await account.ask(live, { as: 'act' })).status).toBe(403)
  })

  it('answers for no other account, and for nothing that cannot be one', async () => {
    const account = await openAccount()
    const other = `/accounts/${'f'.repeat(32)}/devices/settings`
    expect(await account.ask(other)).toMatchObject({ status: 403, body: { errors: [{ code: 9109 }] } })
    const noId = await account.ask('/accounts/mine/devices/settings')
    expect(noId).toMatchObject({ status: 400, body: { errors: [{ code: 7003 }] } })
  })

  it('knows no other routes', async () => {
    const account = await openAccount()
    const answer = await account.ask('~/devices/nothing')
    expect(answer).toMatchObject({ status: 404, body: { errors: [{ code: 7003 }], messages: [], result: null } })
    expect((await account.ask('~/control')).status).toBe(404)
    expect((await account.ask('/user/tokens/verify', { post: {} })).status).toBe(404)
  })

  it.each([
    ['~/dex/fleet-status/live', 'Missing required query parameter "since_minutes"'],
    [`${live}&until=7`, 'Unknown query parameter "until"'],
    [`${live}&since_minutes=6`, 'Invalid query parameter "since_minutes": is given more than once'],
    ['~/dex/fleet-status/live?since_minutes=61', 'Invalid query parameter "since_minutes": is not within 1 and 60'],
    ['~/dex/fleet-status/live?since_minutes=soon', 'Invalid query parameter "since_minutes": is no whole number'],
    ['/accounts?per_page=4', 'Invalid query parameter "per_page": is not within 5 and 50'],
    ['~/devices/registrations?status=lost', 'Invalid query parameter "status": is none of active, all, revoked'],
    [
      '~/logs/audit?since=yesterday&before=2026-12-01',
      'Invalid query parameter "since": is no date and no moment of RFC 3339',
    ],
    ['~/devices/settings?verbose=1', 'Unknown query parameter "verbose"'],
  ])('refuses %s with 400', async (path, message) => {
    const account = await openAccount()
    expect(await account.ask(path)).toMatchObject({ status: 400, body: { success: false, errors: [{ message }] } })
  })

  it.each([
    ['no JSON', 'nothing'],
    ['an empty body', ''],
    ['no direction', {}],
    ['a direction in words', { disconnect: 'yes' }],
    ['more than it takes', { disconnect: true, force: true }],
  ])('refuses to switch the override with %s', async (_, post) => {
    const account = await openAccount()
    const answer = await account.ask('~/devices/resilience/disconnect', { as: 'act', post })
    expect(answer.status).toBe(400)
    expect(account.account.override.isOn).toBe(false)
  })
})

it('reads no endless bodies', async () => {
  const account = await openAccount()
  const post = JSON.stringify({ disconnect: true, justification: 'x'.repeat(70_000) })
  expect((await account.ask('~/devices/resilience/disconnect', { as: 'act', post })).status).toBe(413)
  expect(account.account.override.isOn).toBe(false)
})

describe('verifying tokens', () => {
  it('tells of a person and of the account each in its place', async () => {
    const account = await openAccount()
    const at = async (path: string, as: 'watch' | 'account') => (await account.ask(path, { as })).status
    expect(await at('/user/tokens/verify', 'watch')).toBe(200)
    expect(await at('~/tokens/verify', 'account')).toBe(200)
    expect(await at('/user/tokens/verify', 'account')).toBe(401)
    expect(await at('~/tokens/verify', 'watch')).toBe(401)
    expect(await account.ask('/accounts', { as: 'account' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 1001, message: 'List accounts endpoint does not support account owned tokens.' }] },
    })
  })

  it('says code 10000 among the messages of a good one, and when it ends', async () => {
    const account = await openAccount({ expiringInDays: 2 })
    const good = await account.ask('/user/tokens/verify')
    expect(good.body.messages).toEqual([{ code: 10000, message: 'This API Token is valid and active' }])
    expect(good.body.result).toMatchObject({ status: 'active' })
    expect(good.body.result).not.toHaveProperty('expires_on')
    const expiring = await account.ask('/user/tokens/verify', { as: 'expiring' })
    expect(expiring.body.result).toMatchObject({ expires_on: '2026-11-26T14:00:00.000Z' })
  })

  it('lets a token end when its time has come', async () => {
    const account = await openAccount({ expiringInDays: 2 })
    expect((await account.ask('~/devices/settings', { as: 'expiring' })).status).toBe(200)
    account.pass(2 * 86_400_000)
    expect((await account.ask('~/devices/settings', { as: 'expiring' })).status).toBe(403)
    const verdict = await account.ask('/user/tokens/verify', { as: 'expiring' })
    expect(verdict.body.result.status).toBe('expired')
    expect((await account.ask('/user/tokens/verify', { as: 'disabled' })).body.result.status).toBe('disabled')
  })
})
