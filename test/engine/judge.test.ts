import { describe, expect, it } from 'vitest'

import type { OverrideValue } from '../../main/engine/model.ts'
import type { Act } from '../../main/engine/override/act.ts'
import { sightOf, hasMoved, isChanged, judge, targetOf } from '../../main/engine/override/judge.ts'
import { actIdIn, justify } from '../../main/engine/override/justification.ts'
import { noon, second } from './scene.ts'

const act: Act = {
  id: '12345678-9abc-4def-8012-3456789abcde',
  accountId: 'account',
  accountName: 'Example',
  kind: 'override',
  direction: 'disconnect',
  seen: 'off',
  seenTimestamp: 'T0',
  reason: 'Carrier down',
  incident: null,
  revertAt: null,
  at: noon,
}
const shown = (value: OverrideValue) => ({ value, timestamp: 'T1' })
const sure = { isAccepted: true, isNew: true }
const unsure = { isAccepted: false, isNew: false }

describe('an act judged by a reading', () => {
  it.each([
    [true, true, 'confirmed'],
    [true, false, 'confirmed'],
    [false, true, 'confirmed'],
    [false, false, 'open'],
  ] as const)('that shows it (accepted: %s, new: %s) is %s', (isAccepted, isNew, verdict) => {
    expect(judge(act, { isAccepted, isNew }, shown('on'), null, noon).verdict).toBe(verdict)
    expect(judge({ ...act, direction: 'reconnect' }, { isAccepted, isNew }, shown('off'), null, noon).verdict).toBe(
      verdict,
    )
  })

  it('that shows the opposite is doubted, whatever else', () => {
    for (const hints of [sure, unsure]) {
      expect(judge(act, hints, shown('off'), null, noon)).toEqual({
        verdict: 'open',
        doubt: { since: noon, readings: 1 },
      })
    }
  })

  it.each([
    [1, 120 * second, 'open'],
    [2, 119_999, 'open'],
    [2, 120 * second, 'contradicted'],
    [9, 119_999, 'open'],
    [9, 500 * second, 'contradicted'],
  ] as const)('after %i doubting ones over %i ms is %s', (readings, ms, verdict) => {
    const judgement = judge(act, sure, shown('off'), { since: noon, readings }, noon + ms)
    expect(judgement.verdict).toBe(verdict)
    expect(judgement.doubt).toEqual(verdict === 'open' ? { since: noon, readings: readings + 1 } : null)
  })

  it('that shows what was so before is confirmed once it stayed', () => {
    const doubt = { since: noon, readings: 2 }
    expect(judge(act, unsure, shown('on'), doubt, noon + 120 * second)).toEqual({ verdict: 'confirmed', doubt: null })
  })
})

it('a disconnect means on, a reconnect off', () => {
  expect([targetOf(act), targetOf({ direction: 'reconnect' })]).toEqual(['on', 'off'])
})

it.each([
  ['T0', 'T1', true],
  ['T1', 'T1', false],
  [null, 'T1', false],
  ['T0', null, false],
  [null, null, false],
])('a time of %s and then %s has moved: %s', (before, now, moved) => {
  expect(hasMoved(before, now)).toBe(moved)
})

it.each([
  ['off', 'T0', true],
  ['on', 'T0', true],
  ['on', 'T1', false],
  ['on', null, false],
  ['unknown', null, true],
] as const)('on since T1 after %s since %s is a change: %s', (value, timestamp, changed) => {
  expect(isChanged({ seen: value, seenTimestamp: timestamp }, shown('on'))).toBe(changed)
})

it('what is known before is what an act records of it', () => {
  expect(sightOf({ kind: 'unknown' })).toEqual({ seen: 'unknown', seenTimestamp: null })
  expect(sightOf({ kind: 'known', value: 'on', timestamp: 'T1', asOf: noon })).toEqual({
    seen: 'on',
    seenTimestamp: 'T1',
  })
})

describe('the justification', () => {
  it('is one line with the id, what undoes it, the incident and the reason', () => {
    expect(justify(act, null)).toBe(`fleetlight/1 id=${act.id} revert=hand inc=- | Carrier down`)
    expect(justify({ ...act, incident: 'INC-123456' }, '2026-11-24T14:20:00Z')).toBe(
      `fleetlight/1 id=${act.id} revert=2026-11-24T14:20:00Z inc=INC-123456 | Carrier down`,
    )
  })

  it('has at most 400 characters, and the end of a long reason goes', () => {
    const text = justify({ ...act, reason: 'x'.repeat(1000) }, null)
    expect(text).toHaveLength(400)
    expect(text.endsWith('x…')).toBe(true)
  })

  it('names its act, and nothing else does', () => {
    expect(actIdIn(justify(act, null))).toBe(act.id)
    expect(actIdIn(null)).toBeNull()
    for (const text of [
      '',
      'Carrier down',
      ` ${justify(act, null)}`,
      `fleetlight/2 id=${act.id} revert=hand`,
      `fleetlight/1 id=${act.id}`,
      `fleetlight/1 id=${act.id}0 revert=hand`,
      `fleetlight/1 id=0${act.id} revert=hand`,
      `fleetlight/1 id=${act.id.toUpperCase()} revert=hand`,
      `fleetlight/1 id=${act.id.replaceAll('-', '')} revert=hand`,
    ]) {
      expect(actIdIn(text)).toBeNull()
    }
  })
})
