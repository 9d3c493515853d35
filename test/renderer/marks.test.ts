import { expect, test } from 'vitest'

import { findMarks, groupMarks, type Mark } from '../../renderer/lib/marks.ts'
import { activity } from './fixtures/answers.ts'
import { drop, hour, minute, now, overrideOn, well } from './fixtures/snapshots.ts'

const day = { from: now - 24 * hour, to: now }
const mark = (at: number, shape: Mark['shape'] = 'degraded'): Mark => ({ at, shape, sentence: `at ${at}` })

test('an open incident and a switch of the override are marked where they began', () => {
  const snapshot = { ...well, incidents: [drop], override: overrideOn }
  expect(findMarks(snapshot, [], day)).toEqual([
    { at: drop.since, shape: 'critical', sentence: drop.sentence },
    { at: Date.parse(overrideOn.timestamp ?? ''), shape: 'override', sentence: 'Override switched on' },
  ])
})

test('an open incident is marked once, though the activity names it too', () => {
  const marks = findMarks({ ...well, incidents: [drop] }, activity, day)
  expect(marks.filter(({ sentence }) => sentence === drop.sentence)).toHaveLength(1)
})

test('what was only told, and what is calm, is no mark', () => {
  const entries = activity.filter(({ kind, tone }) => kind === 'told' || tone === 'well' || tone === 'information')
  expect(
    findMarks({ ...well, override: { ...well.override, timestamp: null } }, entries, { from: 0, to: now }),
  ).toEqual([])
})

test('nothing outside of the axis is marked', () => {
  const marks = findMarks(well, activity, { from: now - hour, to: now - 25 * minute })
  expect(marks).toEqual([])
})

test('marks that would touch become one, in the most urgent shape', () => {
  const groups = groupMarks([mark(0), mark(5, 'override'), mark(9, 'critical'), mark(40)], 10)
  expect(groups.map(({ at, shape, marks }) => [at, shape, marks.length])).toEqual([
    [0, 'override', 3],
    [40, 'degraded', 1],
  ])
})
