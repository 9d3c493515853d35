import { describe, expect, it } from 'vitest'

import type { CallOutcome } from '../../main/engine/calls.ts'
import type { Failure } from '../../main/engine/failure.ts'
import { matching } from './matchers.ts'
import { minute, Scene, second } from './scene.ts'

const timeout: Failure = { kind: 'timeout', detail: 'No whole answer in time' }
const intentOf = (scene: Scene) => scene.snapshot.override.intent
const keys = (scene: Scene) => scene.notices.map(({ key }) => key)

describe('a lost reply', () => {
  it.each([
    timeout,
    { kind: 'offline', detail: 'cut' },
    { kind: 'badShape', path: 'result', detail: '' },
    { kind: 'server', status: 502, detail: '' },
  ] as const satisfies readonly Failure[])(
    '(%j) is unconfirmed, and settled by reading, never by sending again',
    (failure) => {
      const scene = Scene.watching()
      scene.account.losesReply = failure
      scene.account.mute.add('readOverride')
      const act = scene.confirm('disconnect')
      scene.run(30 * second)
      expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', act, cause: failure })
      expect(scene.face).toMatchObject({ name: 'unknown', sentence: matching(/unconfirmed/) })
      scene.account.mute.clear()
      scene.run(2 * minute)
      expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed', 'confirmed'])
      expect(keys(scene)).toEqual([`act-unconfirmed:${act.id}`, 'override-on:T1'])
      expect(scene.notices[0]).toMatchObject({
        urgency: 'critical',
        title: 'The emergency disconnect is unconfirmed: no answer came',
      })
      expect(scene.posts).toHaveLength(1)
    },
  )

  it('of an act that was not carried out is contradicted after two minutes of readings', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    const act = scene.confirm('disconnect')
    scene.run(118 * second)
    expect(intentOf(scene).kind).toBe('unconfirmed')
    expect(scene.face.name).toBe('unknown')
    scene.run(12 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'settled', outcome: 'contradicted' })
    expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed', 'contradicted'])
    expect(scene.notices.at(-1)).toMatchObject({
      key: `act-contradicted:${act.id}`,
      title: 'The emergency disconnect did not take effect',
      urgency: 'critical',
    })
    expect(scene.posts).toHaveLength(1)
    expect(scene.face.name).toBe('well')
  })

  it('leaves what is read after it as it is read: off, with the doubt beside it', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    scene.confirm('disconnect')
    scene.run(30 * second)
    expect(scene.snapshot.override).toMatchObject({ state: 'off', freshness: 'fresh', intent: { kind: 'unconfirmed' } })
  })

  it('is not contradicted by few readings, however much time has passed', () => {
    const scene = Scene.watching({ overridePollSeconds: 300 })
    scene.account.failing.switchOverride = timeout
    scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.mute.add('readOverride')
    scene.run(10 * minute)
    expect(intentOf(scene).kind).toBe('unconfirmed')
  })

  it('is not contradicted by readings that say nothing', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    scene.account.value = null
    scene.confirm('disconnect')
    scene.run(30 * minute)
    expect(intentOf(scene).kind).toBe('unconfirmed')
    expect(scene.snapshot.override.state).toBe('unknown')
  })

  it('of an act that set what was so already is confirmed once that stays', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    const act = scene.confirm('reconnect')
    scene.run(minute)
    expect(intentOf(scene).kind).toBe('unconfirmed')
    scene.run(70 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed', 'confirmed'])
  })

  it('of an act that somebody else forestalled is not called ours', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(12 * second)
    scene.account.failing.switchOverride = timeout
    const act = scene.confirm('disconnect', { seen: 'off', seenTimestamp: 'T0' })
    scene.run(130 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed', 'confirmed'])
    expect(scene.notices.at(-1)).toMatchObject({
      key: `act-confirmed:${act.id}`,
      title: 'Override on: set again by this Fleetlight',
      body: 'It was so before, so nothing changes. Reason: Carrier down',
    })
    expect(intentOf(scene)).toMatchObject({ kind: 'settled', outcome: 'done' })
    expect(keys(scene).filter((key) => key === 'override-on:T1')).toHaveLength(1)
  })

  it('of an act that set it so again is confirmed as soon as its time moves', () => {
    const scene = Scene.watching()
    scene.account.losesReply = timeout
    const act = scene.confirm('reconnect')
    scene.run(10 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed', 'confirmed'])
  })

  it('of an act on what was not known is confirmed by what is shown', () => {
    const scene = Scene.watching()
    scene.account.losesReply = timeout
    const act = scene.confirm('disconnect', { seen: 'unknown', seenTimestamp: null })
    scene.run(10 * second)
    expect(scene.ledgerOf(act).at(-1)).toBe('confirmed')
  })

  it('never answered at all is unconfirmed after a minute, if reading does not tell before', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride').add('readOverride')
    const act = scene.confirm('disconnect')
    scene.run(55 * second)
    expect(intentOf(scene).kind).toBe('sending')
    scene.run(15 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'timeout' } })
    expect(scene.ledgerOf(act)).toEqual(['intended', 'unconfirmed'])
  })

  it('is confirmed by a reading that comes before the reply, which then changes nothing', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride')
    const act = scene.confirm('disconnect')
    scene.run(second)
    scene.account.switch('on')
    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'confirmed'])
    const outcome: CallOutcome = { result: { ok: false, failure: timeout }, limits: [], serverDate: null }
    scene.dispatch({ type: 'answered', callId: scene.posts[0]!.id, outcome })
    expect(intentOf(scene).kind).toBe('converging')
    expect(scene.ledgerOf(act)).toEqual(['intended', 'confirmed'])
  })

  it('lets a person decide again, and one reading settles both acts', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    const first = scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.failing = {}
    const second_ = scene.confirm('disconnect')
    scene.run(5 * second)
    expect(scene.posts).toHaveLength(2)
    expect(scene.ledgerOf(first)).toEqual(['intended', 'unconfirmed', 'confirmed'])
    expect(scene.ledgerOf(second_)).toEqual(['intended', 'sent', 'confirmed'])
  })

  it('of the opposite act before is contradicted by what settles the later one', () => {
    const scene = Scene.watching()
    scene.account.losesReply = timeout
    scene.account.mute.add('readOverride')
    const first = scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.losesReply = null
    const later = scene.confirm('reconnect', { seen: 'unknown' })
    scene.account.mute.clear()
    scene.run(2 * minute)
    expect(scene.ledgerOf(first)).toEqual(['intended', 'unconfirmed', 'contradicted'])
    expect(scene.ledgerOf(later)).toEqual(['intended', 'sent', 'confirmed'])
  })
})

describe('an accepted act', () => {
  it('that cannot be read back for a minute is unconfirmed, with the reason', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverride = { kind: 'forbidden', scope: 'Zero Trust Read', detail: '' }
    const act = scene.confirm('disconnect')
    scene.run(75 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'forbidden' } })
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent'])
    expect(keys(scene)).toContain(`act-unconfirmed:${act.id}`)
    expect(scene.notices.find(({ key }) => key.startsWith('act-'))?.title).toBe(
      'The emergency disconnect is unconfirmed: it was not seen yet',
    )
    scene.account.failing = {}
    scene.run(2 * minute)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'confirmed'])
  })

  it('whose readings are never answered is unconfirmed too', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    scene.run(11 * second)
    scene.confirm('disconnect')
    scene.run(75 * second)
    expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'timeout' } })
  })

  it('that set what was so already is confirmed by the next reading', () => {
    const scene = Scene.watching()
    scene.account.keepsTimestamp = true
    const act = scene.confirm('reconnect')
    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'confirmed'])
  })

  it('whose opposite is read for two minutes is contradicted', () => {
    const scene = Scene.watching()
    while (scene.at - scene.asked('readOverride').at(-1)! > 100) scene.run(100)
    const act = scene.confirm('disconnect')
    scene.run(300)
    scene.account.switch('off')
    scene.run(90 * second)
    expect(intentOf(scene).kind).toBe('sending')
    scene.run(40 * second)
    expect(scene.ledgerOf(act)).toEqual(['intended', 'sent', 'contradicted'])
    expect(intentOf(scene)).toMatchObject({ outcome: 'contradicted' })
  })
})
