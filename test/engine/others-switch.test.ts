import { describe, expect, it } from 'vitest'

import type { AuditEntry } from '../../main/engine/model.ts'
import { containing, matching } from './matchers.ts'
import { day, hour, minute, noon, Scene, second } from './scene.ts'

const entry = (at: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `entry-${String(at)}`,
  at,
  actor: 'dana@example.com',
  via: 'dashboard',
  direction: 'disconnect',
  justification: null,
  ...changes,
})
const keys = (scene: Scene) => scene.notices.map(({ key }) => key)
const switchedBy = (scene: Scene) => scene.snapshot.override.switchedBy

describe('somebody else’s switch', () => {
  it('on is noticed by the next reading and told once', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(10 * minute)
    expect(scene.notices).toHaveLength(1)
    expect(scene.notices[0]).toMatchObject({
      key: 'override-on:T1',
      urgency: 'critical',
      title: 'Override on: switched by someone else',
      body: matching(
        /^It happened in the 11 s before now\. 1,000 devices were connected when last read\. Desktop clients drop/,
      ),
      opens: 'override',
    })
    expect(scene.face).toMatchObject({ name: 'override-on', tone: 'override' })
  })

  it('off is told as what it is, and no alarm', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(20 * second)
    scene.account.switch('off')
    scene.run(20 * second)
    expect(scene.notices[1]).toMatchObject({
      key: 'override-off:T2',
      urgency: 'normal',
      title: 'Override off: switched by someone else',
      body: containing('come back by themselves'),
    })
  })

  it('and back between two readings shows by Cloudflare’s time alone', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.switch('off')
    scene.run(20 * second)
    expect(scene.notices).toMatchObject([{ key: 'override-off:T2', title: 'Override off: set again by someone else' }])
  })

  it('of an account that tells no time is noticed by its value, each time', () => {
    const scene = Scene.watching()
    for (const value of ['on', 'off', 'on'] as const) {
      scene.account.value = value
      scene.account.timestamp = null
      scene.run(20 * second)
    }
    expect(scene.notices).toHaveLength(3)
    expect(new Set(keys(scene)).size).toBe(3)
  })

  it('does not come from a time that is missing, or from one that only comes again', () => {
    const scene = Scene.watching()
    for (const timestamp of [null, 'T0', null, 'T0']) {
      scene.account.timestamp = timestamp
      scene.run(20 * second)
    }
    expect(scene.notices).toEqual([])
  })

  it('from before the start is told when it is on, and not when it is off', () => {
    const on = new Scene()
    on.account.switch('on')
    on.connect()
    on.run(minute)
    expect(on.notices).toMatchObject([
      { key: 'override-on:T1', title: 'Override on: it was so before Fleetlight began to watch' },
    ])
    expect(on.notices[0]?.body).toMatch(/^(1,000 devices were connected when last read\. )?Desktop clients drop/)
    expect(Scene.watching().notices).toEqual([])
  })

  it('ends the following of ours', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.run(10 * second)
    scene.account.switch('off')
    scene.run(3 * second)
    expect(scene.snapshot.override.intent).toMatchObject({ kind: 'settled', act, outcome: 'done' })
    expect(scene.snapshot.override.convergence).toMatchObject({ direction: 'reconnect' })
    expect(keys(scene)).toEqual(['override-on:T1', 'override-off:T2'])
  })

  it('is noticed beside an act of ours that is not settled yet', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = { kind: 'timeout', detail: '' }
    const act = scene.confirm('disconnect')
    scene.run(second)
    scene.account.timestamp = 'T9'
    scene.run(10 * second)
    expect(keys(scene)).toEqual([`act-unconfirmed:${act.id}`, 'override-off:T9'])
  })
})

describe('who it was', () => {
  it('is asked of the audit log, from a little before it can have happened, and told', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.audit = [entry(scene.at, { justification: 'Carrier down' })]
    scene.run(15 * second)
    const [call] = scene.calls.filter(({ request }) => request.kind === 'readOverrideAudit')
    expect(call).toMatchObject({ lane: 'detail', token: 'watch' })
    expect(call?.request).toMatchObject({ before: call?.at })
    expect(switchedBy(scene)).toMatchObject({ kind: 'known', byUs: false, entry: { actor: 'dana@example.com' } })
    expect(scene.texts.at(-1)).toBe(
      "Cloudflare's audit log: the override was switched by dana@example.com via dashboard: Carrier down",
    )
    scene.run(hour)
    expect(scene.asked('readOverrideAudit')).toHaveLength(1)
    expect(scene.notices).toHaveLength(1)
  })

  it('is asked again, less and less often, until it stands there', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(15 * second)
    expect(switchedBy(scene)).toEqual({ kind: 'notInLogYet' })
    const happened = scene.at - 10 * second
    scene.run(3 * minute)
    expect(scene.asked('readOverrideAudit').length).toBeGreaterThanOrEqual(4)
    scene.account.audit = [entry(happened)]
    scene.run(3 * minute)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known' })
    expect(scene.asked('readOverrideAudit').length).toBeLessThanOrEqual(6)
  })

  it('is given up after some tries', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(2 * hour)
    expect(scene.asked('readOverrideAudit')).toHaveLength(7)
    expect(switchedBy(scene)).toEqual({ kind: 'notInLogYet' })
  })

  it('cannot be told without the permission, and is not asked again', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverrideAudit = { kind: 'forbidden', scope: 'Account Settings Read', detail: '' }
    scene.account.switch('on')
    scene.run(hour)
    expect(switchedBy(scene)).toEqual({ kind: 'notPermitted' })
    expect(scene.asked('readOverrideAudit')).toHaveLength(1)
    expect(scene.texts.filter((text) => text.includes('needs "Account Settings Read"'))).toHaveLength(1)
    expect(scene.snapshot.lastError).toBeNull()
  })

  it('is asked again after other failures, backing off', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverrideAudit = { kind: 'server', status: 500, detail: '' }
    scene.account.switch('on')
    scene.run(10 * minute)
    expect(scene.asked('readOverrideAudit').length).toBeGreaterThan(5)
    expect(scene.asked('readOverrideAudit').length).toBeLessThan(15)
    scene.account.audit = [entry(noon + minute)]
    scene.account.failing = {}
    scene.run(2 * minute)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known' })
  })

  it('is us when our act stands in the justification', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.account.audit = [
      entry(scene.at + second, { id: 'later', actor: 'someone' }),
      entry(scene.at, { justification: `fleetlight/1 id=${act.id} revert=hand inc=- | Carrier down` }),
    ]
    scene.run(10 * second)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known', byUs: true, entry: { actor: 'dana@example.com' } })
    expect(scene.texts.some((text) => text.includes('dana@example.com, from this Fleetlight'))).toBe(true)
  })

  it('is not us when another Fleetlight did it', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    const justification = 'fleetlight/1 id=99999999-0000-4000-8000-000000000000 revert=hand inc=- | Theirs'
    scene.account.audit = [entry(scene.at, { justification })]
    scene.run(15 * second)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known', byUs: false })
  })

  it('is not yet known while our own act is not in the log, whoever else is', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.account.audit = [entry(scene.at)]
    scene.run(10 * second)
    expect(switchedBy(scene)).toEqual({ kind: 'notInLogYet' })
  })

  it('is somebody else after all when our own act never comes into the log', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.account.audit = [entry(scene.at)]
    scene.run(hour)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known', byUs: false })
    expect(scene.asked('readOverrideAudit')).toHaveLength(7)
  })

  it('is not the one who switched the other way, nor who did the time before', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.audit = [entry(scene.at)]
    scene.run(20 * second)
    scene.account.switch('off')
    scene.account.audit = [
      ...scene.account.audit,
      entry(scene.at, { direction: 'reconnect', actor: 'lee@example.com' }),
    ]
    scene.run(20 * second)
    expect(switchedBy(scene)).toMatchObject({ entry: { actor: 'lee@example.com' } })
    scene.account.switch('on')
    scene.run(20 * second)
    scene.account.switch('off')
    scene.run(20 * second)
    expect(switchedBy(scene)).toEqual({ kind: 'notInLogYet' })
    scene.account.audit = [...scene.account.audit, entry(scene.at, { direction: null, actor: 'kim@example.com' })]
    scene.run(minute)
    expect(switchedBy(scene)).toMatchObject({ entry: { actor: 'kim@example.com' } })
  })

  it('is the newest who switched that way, whoever else stands there', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    const at = scene.at
    scene.account.audit = [
      entry(at - 2 * second, { actor: 'first@example.com' }),
      entry(at, {
        actor: 'newest@example.com',
        justification: 'fleetlight/1 id=99999999-0000-4000-8000-000000000000 revert=hand inc=- | Theirs',
      }),
      entry(at + second, { actor: 'back@example.com', direction: 'reconnect' }),
      entry(at - second, { actor: 'second@example.com' }),
    ]
    scene.run(15 * second)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known', entry: { actor: 'newest@example.com' } })
  })

  it('is nobody from long before it can have happened', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    const seenOff = scene.snapshot.override.asOf!
    scene.account.audit = [entry(seenOff - 10 * minute - 1)]
    scene.run(15 * second)
    expect(switchedBy(scene)).toEqual({ kind: 'notInLogYet' })
    scene.account.audit = [entry(seenOff - 10 * minute)]
    scene.run(30 * second)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known' })
  })

  it('is not told while the log was not asked yet', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverrideAudit')
    scene.account.switch('on')
    scene.run(15 * second)
    expect(switchedBy(scene)).toEqual({ kind: 'notAsked' })
  })

  it('is remembered of the newest switches and acts only', () => {
    const scene = Scene.watching()
    for (let time = 0; time < 15; time++) {
      for (const direction of ['disconnect', 'reconnect'] as const) {
        const act = scene.confirm(direction, {
          id: `30000000-0000-4000-8000-${String(scene.ledger.length).padStart(12, '0')}`,
        })
        scene.account.audit = [entry(scene.at, { id: act.id, direction, justification: `fleetlight/1 id=${act.id} ` })]
        scene.run(20 * second)
        expect(switchedBy(scene)).toMatchObject({ kind: 'known', byUs: true })
      }
    }
    expect(scene.state.override.attributed).toHaveLength(20)
    expect(scene.state.override.ownActs).toHaveLength(20)
    expect(scene.state.override.attributed.at(-1)).toBe(scene.state.override.ownActs.at(-1))
  })

  it('is looked for in the last 30 days when it was on at the start', () => {
    const scene = new Scene()
    scene.account.switch('on')
    scene.account.audit = [entry(noon - 20 * day)]
    scene.connect()
    scene.run(5 * second)
    expect(switchedBy(scene)).toMatchObject({ kind: 'known' })
  })

  it('is not asked while nobody switched', () => {
    const scene = Scene.watching()
    scene.run(hour)
    expect(scene.asked('readOverrideAudit')).toEqual([])
    expect(switchedBy(scene)).toEqual({ kind: 'notAsked' })
  })
})
