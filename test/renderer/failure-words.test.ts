import { expect, test } from 'vitest'

import type { Failure } from '../../main/engine/failure.ts'
import { describeActFailure, describeFailure } from '../../renderer/lib/failure-words.ts'
import { now } from './fixtures/snapshots.ts'

const failures: readonly Failure[] = [
  { kind: 'offline', detail: '' },
  { kind: 'unauthorized', detail: '' },
  { kind: 'forbidden', scope: 'Cloudflare DEX Read', detail: '' },
  { kind: 'rateLimited', until: now, detail: '' },
  { kind: 'badShape', path: 'result.disconnect', detail: '' },
  { kind: 'rejected', status: 400, detail: 'unknown parameter.' },
  { kind: 'server', status: 502, detail: '' },
  { kind: 'timeout', detail: '' },
  { kind: 'noToken', detail: 'it is locked.' },
  { kind: 'notRecorded', detail: 'The disk is full.' },
]

test.each(failures)('$kind is told in whole sentences', (failure) => {
  expect(describeFailure(failure)).toMatch(/^[A-Z].*\.$/)
})

test('an act is never said to be tried again', () => {
  expect(failures.map(describeActFailure).join(' ')).not.toContain('again by itself')
  expect(describeFailure({ kind: 'timeout', detail: '' })).toContain('tries again by itself')
})
