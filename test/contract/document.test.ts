import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { findOperation, parseDocument, readDocument } from '../../build/contract/document.ts'
import { smallDocument } from './fixtures/small-document.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'fleetlight-contract-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function write(text: string): string {
  const file = path.join(folder, 'api.json')
  writeFileSync(file, text)
  return file
}

function failureOf(result: ReturnType<typeof readDocument>): string {
  return result.ok ? 'read' : result.failure
}

describe('an OpenAPI document', () => {
  it('that is absent is named in the failure', () => {
    expect(failureOf(readDocument('/nowhere/api.json'))).toContain('/nowhere/api.json cannot be read')
  })

  it('that is no JSON, of another version, or empty is refused', () => {
    expect(failureOf(readDocument(write('openapi: 3.0.3')))).toContain('is not JSON')
    expect(failureOf(readDocument(write(JSON.stringify({ ...smallDocument, openapi: '3.1.0' }))))).toContain('3.0')
    expect(failureOf(readDocument(write(JSON.stringify({ ...smallDocument, paths: {} }))))).toContain('no operation')
  })

  it('gives its operations, with parameters by reference, and the path of its server', () => {
    const document = readDocument(write(JSON.stringify(smallDocument)))
    if (!document.ok) throw new Error(document.failure)
    expect(document.value.basePath).toBe('/v1')
    expect(document.value.operations).toHaveLength(4)
    expect(document.value.operations[0]?.query.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['minutes', true],
      ['sort', false],
      ['id', false],
      ['day', false],
      ['cursor', false],
    ])
  })
})

describe('the operation of a request', () => {
  const document = parseDocument(smallDocument)
  const find = (method: string, at: string) => (document.ok ? findOperation(document.value, method, at) : null)

  it('is found by its path, a literal step before a variable one', () => {
    expect(find('GET', '/accounts/1/devices/2')?.path).toBe('/accounts/{account_id}/devices/{device_id}')
    expect(find('GET', '/accounts/1/devices/count')?.path).toBe('/accounts/{account_id}/devices/count')
  })

  it('is not found for another method, path, or an empty step', () => {
    expect(find('DELETE', '/accounts/1/devices')).toBeNull()
    expect(find('GET', '/accounts/1/devices/2/3')).toBeNull()
    expect(find('GET', '/accounts//devices')).toBeNull()
  })
})
