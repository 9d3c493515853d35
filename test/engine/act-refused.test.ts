import { describe, expect, it } from 'vitest'

import { step } from '../../main/engine/engine.ts'
import type { Failure } from '../../main/engine/failure.ts'
import { containing } from './matchers.ts'
import { hour, minute, noon, Scene, second } from './scene.ts'

const intentOf = (scene: Scene) => scene.snapshot.override.intent

describe('an act that cannot be sent', () => {
  it('because the ledger cannot be written is refused, says what to do, and nothing is sent', () => {
    const scene = Scene.watching()
    scene.ledgerFailure = { kind: 'full', detail: 'ENOSPC' }
    const act = scene.confirm('disconnect')
    scene.run(minute)
    expect(scene.posts).toEqual([])
    const failure = {
      kind: 'notRecorded',
      detail: 'The disk is full: free some space, then confirm again. (ENOSPC)',
    }
    expect(intentOf(scene)).toMatchObject({ kind: 'refused', act, failure })
    expect(scene.notices).toMatchObject([
      {
        key: `act-refused:${act.id}`,
        urgency: 'critical',
        title: 'The emergency disconnect was not sent: the ledger could not be written',
        body: failure.detail,
      },
    ])
    expect(scene.face.name).toBe('well')
  })

  it.each([
    ['readOnly', 'The profile cannot be written'],
    ['broken', 'The ledger is damaged'],
  ] as const)('because the ledger is %s says so', (kind, words) => {
    const scene = Scene.watching()
    scene.ledgerFailure = { kind, detail: 'x' }
    scene.confirm('disconnect')
    scene.run(second)
    expect(intentOf(scene)).toMatchObject({ failure: { detail: containing(words) } })
  })

  it('because the ledger does not answer is refused after half a minute, and its late answer sends nothing', () => {
    const scene = Scene.watching()
    const act = { ...scene.confirm('disconnect'), id: '00000000-0000-4000-8000-00000000ffff' }
    scene.run(20 * minute)
    const { state, effects } = step(scene.state, { type: 'actConfirmed', act: { ...act, at: scene.at }, at: scene.at })
    const row = effects.find(({ type }) => type === 'appendLedger')
    scene.state = state
    scene.run(29 * second)
    expect(intentOf(scene).kind).toBe('sending')
    scene.run(11 * second)
    expect(intentOf(scene)).toMatchObject({
      kind: 'refused',
      failure: {
        kind: 'notRecorded',
        detail: 'The ledger did not answer in 30 s. Restart Fleetlight, then try again.',
      },
    })
    expect(scene.ledgerOf(act)).toEqual(['refused'])
    if (row?.type !== 'appendLedger') throw new Error('no row')
    scene.dispatch({ type: 'ledgerAppended', entry: row.entry, result: { ok: true, value: null } })
    scene.run(second)
    expect(scene.posts).toHaveLength(1)
  })

  it('because this connection only observes is refused and kept in the ledger', () => {
    const scene = Scene.watching({}, {}, { actsWith: 'none' })
    const act = scene.confirm('disconnect')
    scene.run(second)
    expect(scene.posts).toEqual([])
    expect(scene.ledgerOf(act)).toEqual(['refused'])
    expect(intentOf(scene)).toMatchObject({
      failure: { kind: 'noToken', detail: containing('act token') },
    })
  })

  it('because it was meant for another account is refused', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect', { accountId: 'other' })
    scene.run(second)
    expect(scene.posts).toEqual([])
    expect(intentOf(scene)).toMatchObject({ failure: { detail: containing('not watched now') } })
  })

  it('because Cloudflare blocks the token is refused now, not sent later', () => {
    const scene = Scene.watching({}, {}, { actsWith: 'watchToken' })
    const until = scene.at + 5 * minute
    scene.account.failing.readOverride = { kind: 'rateLimited', until, detail: 'slow down' }
    scene.run(11 * second)
    const act = scene.confirm('disconnect')
    scene.account.failing = {}
    scene.run(10 * minute)
    expect(scene.posts).toEqual([])
    expect(scene.ledgerOf(act)).toEqual(['intended', 'refused'])
    expect(intentOf(scene)).toMatchObject({ failure: { kind: 'rateLimited', until } })
  })

  it('because the machine went to sleep in between is refused', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.dispatch({ type: 'slept' })
    scene.run(minute)
    expect(scene.posts).toEqual([])
    expect(scene.ledgerOf(act)).toEqual(['intended', 'refused'])
    expect(intentOf(scene)).toMatchObject({ failure: { kind: 'offline' } })
  })
})

describe('an act that Cloudflare refuses', () => {
  it.each([
    [{ kind: 'forbidden', scope: 'Zero Trust Resilience Write', detail: '' }, 'needs "Zero Trust Resilience Write"'],
    [{ kind: 'unauthorized', detail: 'revoked' }, 'Replace it in Settings'],
    [{ kind: 'rejected', status: 400, detail: 'bad body' }, 'refused the request with 400 (bad body)'],
    [{ kind: 'rateLimited', until: noon + hour, detail: '' }, 'limit for this token is used up'],
    [{ kind: 'noToken', detail: 'The keychain is locked.' }, 'The keychain is locked.'],
  ] as const satisfies readonly (readonly [Failure, string])[])(
    'with %j changed nothing, and says why',
    (failure, words) => {
      const scene = Scene.watching()
      scene.account.failing.switchOverride = failure
      const act = scene.confirm('disconnect')
      scene.run(20 * minute)
      expect(intentOf(scene)).toMatchObject({ kind: 'refused', act, failure })
      expect(scene.ledgerOf(act)).toEqual(['intended', 'refused'])
      expect(scene.ledger.at(-1)?.note).toContain(words)
      expect(scene.posts).toHaveLength(1)
      expect(scene.notices).toMatchObject([{ key: `act-refused:${act.id}`, body: containing(words) }])
      expect(scene.face.name).toBe('well')
      expect(scene.snapshot.lastError?.failure).toEqual(failure)
    },
  )

  it('can be confirmed anew', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = { kind: 'rejected', status: 400, detail: '' }
    scene.confirm('disconnect')
    scene.run(second)
    scene.account.failing = {}
    const act = scene.confirm('disconnect')
    scene.run(10 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'confirmed'])
  })
})
