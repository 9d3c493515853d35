import { describe, expect, it } from 'vitest'

import type { Failure } from '../../main/engine/failure.ts'
import { fleetOf } from './account.ts'
import { minute, Scene, second } from './scene.ts'

const timeout: Failure = { kind: 'timeout', detail: '' }
const id = '00000000-0000-4000-8000-000000000000'
const confirmed = [
  'did, information: Watching Example',
  'did, override: Confirmed: emergency disconnect of Example. Carrier down',
]
const sent = [...confirmed, 'did, override: Sent to Cloudflare, once: emergency disconnect of Example']
const accepted = [...sent, 'saw, override: Cloudflare accepted the emergency disconnect; reading it back']
const intended = 'intended: Confirmed; to be sent once this is on disk'

describe('what is left on record', () => {
  it('of a disconnect and the reconnect after it', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(5 * second)
    scene.account.fleet = () => fleetOf(100, 1000)
    scene.run(30 * second)
    scene.confirm('reconnect')
    scene.run(5 * second)
    scene.account.fleet = () => fleetOf(1000)
    scene.run(30 * second)
    expect(scene.record).toEqual({
      activity: [
        ...accepted,
        'told, override: Override on: switched by this Fleetlight. 1,000 devices were connected. Desktop clients drop within 10 minutes; this is no outage. Reason: Carrier down',
        'saw, information: Devices have dropped: 100 connected, 1,000 before the switch, 5 s after it',
        'did, override: Confirmed: reconnect of Example. Carrier down',
        'did, override: Sent to Cloudflare, once: reconnect of Example',
        'saw, override: Cloudflare accepted the reconnect; reading it back',
        'told, well: Override off: switched by this Fleetlight. 100 devices were connected. Desktop clients come back by themselves within 10 minutes; this is no outage. Reason: Carrier down',
        'saw, information: Devices have come back: 1,000 connected, 100 before the switch, 9 s after it',
      ],
      ledger: [
        intended,
        'sent: Cloudflare accepted it; it is read back now',
        'confirmed: A reading shows the override on, switched at T1',
        intended,
        'sent: Cloudflare accepted it; it is read back now',
        'confirmed: A reading shows the override off, switched at T2',
      ],
      notices: [
        'critical, override, override-on:T1: Override on: switched by this Fleetlight',
        'normal, override, override-off:T2: Override off: switched by this Fleetlight',
      ],
    })
  })

  it('of an act on an account that tells no times', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect')
    scene.account.value = 'on'
    scene.account.timestamp = null
    scene.account.mute.add('switchOverride')
    scene.run(5 * second)
    expect(scene.record.ledger).toEqual([intended, 'confirmed: A reading shows the override on'])
    expect(scene.record.notices).toEqual([
      `critical, override, override-on:${act.id}: Override on: switched by this Fleetlight`,
    ])
  })

  it('of an act whose devices did not follow', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(11 * minute)
    expect(scene.record.activity.at(-1)).toBe(
      'saw, degraded: Devices had the 10 minutes that Cloudflare documents to follow: 1,000 connected, 1,000 before the switch, 10 min after it',
    )
  })

  it('of an act that was not carried out', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = timeout
    scene.confirm('disconnect')
    scene.run(3 * minute)
    const lost =
      'Cloudflare did not answer in time. Whether it was carried out is not known: it is read back, not sent again'
    const contradicted =
      'Readings over 2 minutes show that the override is off: it was not carried out, or someone switched it back'
    expect(scene.record).toEqual({
      activity: [
        ...sent,
        `told, stale: The emergency disconnect is unconfirmed: no answer came. ${lost}`,
        `told, critical: The emergency disconnect did not take effect. ${contradicted}. Look at the override, then decide again`,
      ],
      ledger: [intended, `unconfirmed: ${lost}`, `contradicted: ${contradicted}`],
      notices: [
        `critical, override, act-unconfirmed:${id}: The emergency disconnect is unconfirmed: no answer came`,
        `critical, override, act-contradicted:${id}: The emergency disconnect did not take effect`,
      ],
    })
  })

  it('of an act that was accepted and cannot be read back', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    scene.run(11 * second)
    scene.confirm('disconnect')
    scene.run(75 * second)
    expect(scene.record).toEqual({
      activity: [
        ...accepted,
        'told, stale: The emergency disconnect is unconfirmed: it was not seen yet. Cloudflare accepted it, but it could not be read back for 60 s. Cloudflare did not answer in time (nothing for 60 s). Reading goes on; it is not sent again',
      ],
      ledger: [intended, 'sent: Cloudflare accepted it; it is read back now'],
      notices: [
        `critical, override, act-unconfirmed:${id}: The emergency disconnect is unconfirmed: it was not seen yet`,
      ],
    })
  })

  it('of an act that never got an answer', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride').add('switchOverride')
    scene.confirm('disconnect')
    scene.run(70 * second)
    expect(scene.record.ledger[1]).toBe(
      'unconfirmed: Cloudflare did not answer in time (nothing for 60 s). Whether it was carried out is not known: it is read back, not sent again',
    )
  })

  it('of an act that Cloudflare refused', () => {
    const scene = Scene.watching()
    scene.account.failing.switchOverride = { kind: 'forbidden', scope: 'Zero Trust Resilience Write', detail: '' }
    scene.confirm('disconnect')
    scene.run(second)
    const words =
      'The token lacks a permission: it needs "Zero Trust Resilience Write". Add it in Cloudflare\'s dashboard.'
    expect(scene.record).toEqual({
      activity: [...sent, `told, degraded: The emergency disconnect was refused: nothing was switched. ${words}`],
      ledger: [intended, `refused: ${words}`],
      notices: [`critical, override, act-refused:${id}: The emergency disconnect was refused: nothing was switched`],
    })
  })

  it('of an act that sleep came before', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.dispatch({ type: 'slept' })
    scene.run(second)
    const words = 'Cloudflare could not be reached from this machine (the machine went to sleep before it was sent).'
    expect(scene.record.ledger).toEqual([intended, `refused: ${words}`])
    expect(scene.record.activity).toEqual([
      ...confirmed,
      `told, degraded: The emergency disconnect was refused: nothing was switched. ${words}`,
    ])
  })

  it('of an act that Cloudflare’s block kept back', () => {
    const scene = Scene.watching({}, {}, { actsWith: 'watchToken' })
    scene.account.failing.readOverride = { kind: 'rateLimited', until: scene.at + 5 * minute, detail: '' }
    scene.run(11 * second)
    scene.confirm('disconnect')
    scene.run(second)
    expect(scene.record.ledger[1]).toBe(
      "refused: Cloudflare's limit for this token is used up by everyone who uses it (the switch was not sent). Wait up to 5 minutes.",
    )
  })

  it('of an act that the ledger could not take', () => {
    const scene = Scene.watching()
    scene.ledgerFailure = { kind: 'full', detail: 'ENOSPC' }
    scene.confirm('disconnect')
    scene.run(second)
    expect(scene.record.activity.slice(2)).toEqual([
      'told, critical: The emergency disconnect was not sent: the ledger could not be written. The disk is full: free some space, then confirm again. (ENOSPC)',
    ])
    expect(scene.record.notices).toEqual([
      `critical, override, act-refused:${id}: The emergency disconnect was not sent: the ledger could not be written`,
    ])
  })

  it('of an act whose end the ledger could not take', () => {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(100)
    scene.ledgerFailure = { kind: 'readOnly', detail: 'EROFS' }
    scene.run(2 * second)
    expect(scene.record.activity).toContain(
      'failed, critical: The ledger could not record what came of the emergency disconnect. The profile cannot be written: make its folder writable. (EROFS)',
    )
  })

  it('of an act that came while another was being sent', () => {
    const scene = Scene.watching()
    scene.account.mute.add('switchOverride').add('readOverride')
    scene.confirm('disconnect')
    scene.run(100)
    scene.confirm('reconnect')
    expect(scene.record.activity.at(-1)).toBe(
      'failed, degraded: The reconnect that was confirmed just now was not sent: another switch is on its way. Wait for its result',
    )
  })

  it('of somebody else’s switches, and of who they were', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.account.audit = [
      { id: 'e', at: scene.at, actor: 'dana', via: 'dashboard', direction: 'disconnect', justification: null },
    ]
    scene.run(12 * second)
    scene.account.switch('off')
    scene.account.failing.readOverrideAudit = { kind: 'forbidden', scope: 'Account Settings Read', detail: '' }
    scene.run(12 * second)
    scene.account.isSilent = true
    scene.run(12 * second)
    expect(scene.record.activity.filter((line) => !line.includes('Devices'))).toEqual([
      'did, information: Watching Example',
      'told, override: Override on: switched by someone else. It happened in the 11 s before now. 1,000 devices were connected when last read. Desktop clients drop within 10 minutes; this is no outage. The audit log is asked who it was',
      "saw, override: Cloudflare's audit log: the override was switched by dana via dashboard",
      'told, information: Override off: switched by someone else. It happened in the 3 s before now. 1,000 devices were connected when last read. Desktop clients come back by themselves within 10 minutes; this is no outage. The audit log is asked who it was',
      'failed, information: Who switched the override cannot be told: the token needs "Account Settings Read" to read the audit log',
      'saw, stale: Cloudflare does not say whether the override is on',
    ])
  })
})
