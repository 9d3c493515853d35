import { describe, expect, it } from 'vitest'

import type { Failure, FailureKind } from '../../main/engine/failure.ts'
import { sayFailure } from '../../main/engine/failure-words.ts'
import { ageOf, boundText, countOf, devicesOf, spanOf } from '../../main/engine/wording.ts'
import { day, hour, minute, second } from './scene.ts'

it.each([
  [-5, '0 s'],
  [0, '0 s'],
  [12_400, '12 s'],
  [89_499, '89 s'],
  [90 * second, '2 min'],
  [4 * minute, '4 min'],
  [90 * minute - second, '90 min'],
  [90 * minute, '1 h 30 min'],
  [3 * hour, '3 h'],
  [3 * hour + 5 * minute, '3 h 5 min'],
  [48 * hour - 1, '47 h 59 min'],
  [2 * day, '2 d'],
  [9 * day + 23 * hour, '9 d'],
])('%i ms are "%s"', (span, words) => {
  expect(spanOf(span)).toBe(words)
})

it('an age is a span ago', () => {
  expect(ageOf(10_000, 22_000)).toBe('12 s ago')
})

it('counts are grouped and devices counted', () => {
  expect([0, 999, 1000, 9207, 1234567, 41.6].map(countOf)).toEqual(['0', '999', '1,000', '9,207', '1,234,567', '42'])
  expect([0, 1, 214].map(devicesOf)).toEqual(['0 devices', '1 device', '214 devices'])
})

it('a text from outside becomes one bounded line', () => {
  expect(boundText(' a\r\n\tb\u0000c\u009f\u200fd\u2069 ', 20)).toBe('a b c d')
  expect(boundText('12345', 5)).toBe('12345')
  expect(boundText('123456', 5)).toBe('1234…')
})

describe('a failure', () => {
  const failures: Readonly<Record<FailureKind, Failure>> = {
    offline: { kind: 'offline', detail: '' },
    unauthorized: { kind: 'unauthorized', detail: '' },
    forbidden: { kind: 'forbidden', scope: 'Zero Trust Read', detail: '' },
    rateLimited: { kind: 'rateLimited', until: 0, detail: '' },
    badShape: { kind: 'badShape', path: 'result[3].at', detail: '' },
    rejected: { kind: 'rejected', status: 409, detail: 'Conflict' },
    server: { kind: 'server', status: 502, detail: '' },
    timeout: { kind: 'timeout', detail: '' },
    noToken: { kind: 'noToken', detail: 'Unlock the keychain.' },
    notRecorded: { kind: 'notRecorded', detail: 'The disk is full.' },
  }
  it('is said in words of its own', () => {
    const sentences = Object.values(failures).map(sayFailure)
    expect(new Set(sentences).size).toBe(sentences.length)
    const all = sentences.join('\n')
    for (const fact of ['Zero Trust Read', 'result[3].at', '409', 'Conflict', '502', 'Unlock', 'disk is full']) {
      expect(all).toContain(fact)
    }
  })
})
