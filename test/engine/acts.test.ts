import { describe, expect, it } from 'vitest'

import type { CallOutcome } from '../../main/engine/calls.ts'
import { containing } from './matchers.ts'
import { minute, Scene, second } from './scene.ts'

const intentOf = (scene: Scene) => scene.snapshot.override.intent
const keys = (scene: Scene) => scene.notices.map(({ key }) => key)

describe('the window to confirm', () => {
  it('makes the intent known and the override read more often, and closing it undoes that', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'confirmOpened', actId: 'a', direction: 'disconnect' })
    expect(intentOf(scene)).toEqual({ kind: 'confirming', actId: 'a', direction: 'disconnect', openedAt: scene.at })
    const from = scene.at
    scene.run(10 * second)
    expect(scene.asked('readOverride', from).length).toBeGreaterThanOrEqual(3)
    scene.dispatch({ type: 'confirmClosed', actId: 'another' })
    expect(intentOf(scene).kind).toBe('confirming')
    scene.dispatch({ type: 'confirmClosed', actId: 'a' })
    expect(intentOf(scene)).toEqual({ kind: 'none' })
    expect(scene.posts).toEqual([])
  })

  it('of an account that is not watched is nothing', () => {
    const scene = new Scene()
    scene.dispatch({ type: 'confirmOpened', actId: 'a', direction: 'disconnect' })
    expect(intentOf(scene)).toEqual({ kind: 'none' })
    scene.confirm('disconnect')
    expect(scene.effects).toEqual([])
  })

  it('closing after the act was confirmed does not touch the act', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.dispatch({ type: 'confirmClosed', actId: act.id })
    expect(intentOf(scene).kind).toBe('sending')
  })

  it('opened while an act is on its way leaves it as it is, opened after it is a new beginning', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride')
    scene.confirm('disconnect')
    scene.run(second)
    scene.dispatch({ type: 'confirmOpened', actId: 'b', direction: 'reconnect' })
    expect(intentOf(scene).kind).toBe('sending')
    scene.account.value = 'on'
    scene.run(20 * minute)
    expect(intentOf(scene).kind).toBe('settled')
    scene.dispatch({ type: 'confirmOpened', actId: 'c', direction: 'reconnect' })
    expect(intentOf(scene)).toMatchObject({ kind: 'confirming', actId: 'c' })
    scene.dispatch({ type: 'confirmClosed', actId: 'c' })
    scene.account.failing.switchOverride = { kind: 'rejected', status: 400, detail: '' }
    scene.account.mute.clear()
    scene.confirm('reconnect')
    scene.run(second)
    expect(intentOf(scene).kind).toBe('refused')
    scene.dispatch({ type: 'confirmOpened', actId: 'd', direction: 'reconnect' })
    expect(intentOf(scene)).toMatchObject({ kind: 'confirming', actId: 'd' })
  })
})

describe('an act', () => {
  it('is on disk before it is sent, is sent once, and is read back until it is seen', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    expect(intentOf(scene)).toEqual({ kind: 'sending', act, callId: null })
    expect(scene.ledgerOf(act)).toEqual(['intended'])
    expect(scene.posts).toEqual([])

    scene.run(100)
    const [post] = scene.posts
    expect(post).toMatchObject({
      lane: 'act',
      token: 'act',
      request: {
        kind: 'switchOverride',
        disconnect: true,
        justification: `fleetlight/1 id=${act.id} revert=hand inc=- | Carrier down`,
      },
    })
    expect(intentOf(scene)).toEqual({ kind: 'sending', act, callId: post!.id })

    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'confirmed'])
    expect(scene.ledger.at(-1)?.note).toBe('A reading shows the override on, switched at T1')
    expect(intentOf(scene)).toMatchObject({ kind: 'converging', act, timestamp: 'T1', connectedBefore: 1000 })
    expect(scene.posts).toHaveLength(1)
    expect(scene.face).toMatchObject({ name: 'override-on', isStale: false })
    expect(keys(scene)).toEqual(['override-on:T1'])
    expect(scene.notices[0]).toMatchObject({
      urgency: 'critical',
      title: 'Override on: switched by this Fleetlight',
      body: '1,000 devices were connected. Desktop clients drop within 10 minutes; this is no outage. Reason: Carrier down',
      opens: 'override',
    })
  })

  it('turned the other way is told the other way', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(12 * second)
    const act = scene.confirm('reconnect')
    scene.run(5 * second)
    expect(scene.posts[0]?.request).toMatchObject({ disconnect: false })
    expect(scene.ledgerOf(act).at(-1)).toBe('confirmed')
    expect(scene.notices.at(-1)).toMatchObject({
      key: 'override-off:T2',
      urgency: 'normal',
      title: 'Override off: switched by this Fleetlight',
      body: containing('Desktop clients come back by themselves within 10 minutes'),
    })
  })

  it('is sent with the watch token, on its budget, where that one acts', () => {
    const scene = Scene.watching({}, {}, { actsWith: 'watchToken' })
    const { used } = scene.snapshot.fuel.watch
    scene.confirm('disconnect')
    scene.run(100)
    expect(scene.posts[0]?.token).toBe('watch')
    expect(scene.snapshot.fuel.watch.used).toBe(used + 1)
  })

  it('makes what was read before it unknown until it is read back', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride')
    scene.account.mute.add('readOverride')
    scene.confirm('disconnect')
    scene.run(100)
    expect(scene.snapshot.override).toMatchObject({
      state: 'unknown',
      sentence: 'The override is unknown until it is read back',
    })
    expect(scene.face).toMatchObject({
      name: 'unknown',
      sentence: 'The disconnect was sent: reading whether it took effect',
    })
  })

  it('leaves what it means to end shown as on, until a reading shows it off', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(12 * second)
    scene.account.mute.add('readOverride')
    scene.confirm('reconnect')
    scene.run(5 * second)
    expect(scene.snapshot.override.state).toBe('on')
    expect(scene.face).toMatchObject({ name: 'override-on', isStale: true })
  })

  it('is not settled by a reading that was asked for before it was sent', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    scene.run(11 * second)
    const before = scene.calls.findLast(({ request }) => request.kind === 'readOverride')!
    const act = scene.confirm('disconnect')
    scene.run(5 * second)
    expect(intentOf(scene).kind).toBe('sending')
    const value = { value: 'on', timestamp: 'T1' } as const
    const outcome: CallOutcome = {
      result: { ok: true, value: { kind: 'readOverride', value } },
      limits: [],
      serverDate: null,
    }
    scene.account.mute.clear()
    scene.dispatch({ type: 'answered', callId: before.id, outcome })
    expect(intentOf(scene).kind).toBe('sending')
    expect(keys(scene)).toEqual([])
    scene.run(5 * second)
    expect(scene.ledgerOf(act).at(-1)).toBe('confirmed')
    expect(keys(scene)).toEqual(['override-on:T1'])
  })

  it('is not settled by a reading that comes before it was sent: that was somebody else', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    scene.run(11 * second)
    const call = scene.calls.findLast(({ request }) => request.kind === 'readOverride')!
    const act = scene.confirm('disconnect')
    const value = { value: 'on', timestamp: 'T9' } as const
    const outcome: CallOutcome = {
      result: { ok: true, value: { kind: 'readOverride', value } },
      limits: [],
      serverDate: null,
    }
    scene.dispatch({ type: 'answered', callId: call.id, outcome })
    expect(intentOf(scene)).toEqual({ kind: 'sending', act, callId: null })
    expect(scene.notices).toMatchObject([{ key: 'override-on:T9', title: 'Override on: switched by someone else' }])
  })

  it('confirmed twice is taken once, also after it is settled', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.dispatch({ type: 'actConfirmed', act })
    scene.run(second)
    scene.dispatch({ type: 'actConfirmed', act })
    scene.run(30 * minute)
    scene.dispatch({ type: 'actConfirmed', act })
    scene.run(minute)
    expect(scene.posts).toHaveLength(1)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'confirmed'])
  })

  it('written down twice is sent once', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    const [entry] = scene.ledger
    scene.run(10)
    scene.dispatch({ type: 'ledgerAppended', entry: entry!, result: { ok: true, value: null } })
    scene.run(10)
    expect(scene.posts).toHaveLength(1)
  })

  it('is not sent because another was written down', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    const other = { act: { ...act, id: 'other' }, state: 'intended', at: scene.at, note: '' } as const
    scene.dispatch({ type: 'ledgerAppended', entry: other, result: { ok: true, value: null } })
    expect(scene.posts).toEqual([])
    scene.run(10)
    expect(scene.posts).toHaveLength(1)
  })

  it('of a time when nothing is meant sends nothing when it is written down', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.state = Scene.watching().state
    const entry = { act, state: 'intended', at: scene.at, note: '' } as const
    scene.dispatch({ type: 'ledgerAppended', entry, result: { ok: true, value: null } })
    expect(scene.posts).toEqual([])
  })

  it('that comes while another is being sent is not taken, and that is written down', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride')
    scene.confirm('disconnect')
    scene.run(100)
    const act = scene.confirm('reconnect')
    scene.run(5 * second)
    expect(scene.posts).toHaveLength(1)
    expect(scene.ledgerOf(act)).toEqual([])
    expect(scene.texts).toContain(
      'The reconnect that was confirmed just now was not sent: another switch is on its way. Wait for its result',
    )
  })

  it('is forgotten by a disconnect before it was sent: nothing leaves the machine', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.dispatch({ type: 'disconnected' })
    scene.run(minute)
    expect(scene.posts).toEqual([])
  })
})
