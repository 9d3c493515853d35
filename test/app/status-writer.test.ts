import { expect, test } from 'vitest'

import { StatusWriter } from '../../main/app/status-writer.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { makeStatus, type StatusReport } from '../../main/engine/status.ts'

const start = 1_800_000_000_000

function open() {
  const written: number[] = []
  const writer = new StatusWriter(({ writtenAt }) => written.push(writtenAt - start))
  const offer = (at: number, change: Partial<StatusReport> = {}) => {
    writer.offer({
      ...makeStatus(startEngine(defaultWatchSettings, 7), start, '0.0.0'),
      ...change,
      writtenAt: start + at,
    })
  }
  return { written, offer }
}

test('is written when it changed, and else before readers would call it old', () => {
  const { written, offer } = open()
  for (let at = 0; at <= 60_000; at += 5_000) offer(at)
  expect(written).toEqual([0, 20_000, 40_000, 60_000])
  offer(61_000, { face: 'critical' })
  offer(62_000, { face: 'critical' })
  expect(written.at(-1)).toBe(61_000)
})

test('a clock that is set back does not silence it', () => {
  const { written, offer } = open()
  offer(0)
  offer(-3_600_000)
  expect(written).toEqual([0, -3_600_000])
})
