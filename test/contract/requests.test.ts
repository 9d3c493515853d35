import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Checker } from '../../build/contract/checker.ts'
import { parseDocument } from '../../build/contract/document.ts'
import { checkRequests, readRecordings } from '../../build/contract/requests.ts'
import { smallDocument } from './fixtures/small-document.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fleetlight-contract-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function check(...lines: readonly object[]) {
  writeFileSync(path.join(folder, 'test.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const document = parseDocument(smallDocument)
  const recorded = readRecordings(folder)
  if (!document.ok || !recorded.ok) throw new Error('not read')
  return checkRequests(new Checker(document.value), recorded.value!)
}

const devices = '/v1/accounts/1/devices'

describe('recorded requests', () => {
  it('are checked by operation, with or without the path of the server in front', () => {
    const found = check(
      { method: 'GET', path: devices, query: { minutes: ['5'], id: ['a', 'b'] }, body: null },
      { method: 'GET', path: '/accounts/1/devices', query: { minutes: ['5'] }, body: null },
      { method: 'POST', path: `${devices}/disconnect`, query: {}, body: { disconnect: true } },
    )
    expect(found).toEqual([
      { name: 'GET /accounts/{account_id}/devices', count: 2, problems: [] },
      { name: 'POST /accounts/{account_id}/devices/disconnect', count: 1, problems: [] },
    ])
  })

  it.each<[string, object, string]>([
    ['to an unknown path', { method: 'GET', path: '/v1/device', query: {} }, 'path is not in the document'],
    [
      'with an unknown query',
      { method: 'GET', path: devices, query: { minutes: ['5'], x: ['1'] } },
      'query x is not in',
    ],
    ['without a required query', { method: 'GET', path: devices, query: {} }, 'query minutes is required'],
    ['without its body', { method: 'POST', path: `${devices}/disconnect`, query: {} }, 'body is required'],
    ['with a body too much', { method: 'GET', path: devices, query: { minutes: ['5'] }, body: {} }, 'body is sent'],
  ])('%s are found', (_, request, problem) => {
    expect(check(request).flatMap(({ problems }) => problems)).toEqual([expect.stringContaining(problem)])
  })

  it('are known to be missing when there is no folder, and when it is empty', () => {
    expect(readRecordings(path.join(folder, 'none'))).toEqual({ ok: true, value: null })
    expect(readRecordings(folder)).toEqual({ ok: true, value: null })
  })

  it('that cannot be read are named with their line', () => {
    writeFileSync(path.join(folder, 'broken.jsonl'), '{"method":"GET","path":"/","query":{}}\n{"method":')
    const recorded = readRecordings(folder)
    expect(recorded.ok ? 'read' : recorded.failure).toContain('broken.jsonl:2')
  })
})
