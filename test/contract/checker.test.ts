import { describe, expect, it } from 'vitest'

import { Checker, type Amendment } from '../../build/contract/checker.ts'
import { findOperation, parseDocument } from '../../build/contract/document.ts'
import { describeProblems } from '../../build/contract/problem.ts'
import { smallDocument } from './fixtures/small-document.ts'

const listing = 'GET /accounts/{account_id}/devices'

function open(amendments: readonly Amendment[] = []) {
  const document = parseDocument(smallDocument)
  if (!document.ok) throw new Error(document.failure)
  const checker = new Checker(document.value, amendments)
  const operation = (name: string) => findOperation(document.value, ...(name.split(' ') as [string, string]))!
  return {
    checker,
    reply: (result: unknown, status = 200) =>
      describeProblems(checker.reply(operation(listing), status, { success: true, errors: [], result })!),
    query: (text: string) => describeProblems(checker.query(operation(listing), [...new URLSearchParams(text)])),
    body: (body: unknown) =>
      describeProblems(checker.body(operation('POST /accounts/{account_id}/devices/disconnect'), body)),
    operation,
  }
}

describe('a reply', () => {
  const { reply, checker, operation } = open()

  it('may have all that its schema names, and null where it says so', () => {
    expect(reply([{ id: 'a', seen: '2026-11-02T10:00:00Z', user: { email: 'x' }, raw: { any: 'thing' } }])).toEqual([])
    expect(reply([{ id: 'a', seen: null, user: null }])).toEqual([])
  })

  it('with a wrong type is found, once for all items that have it', () => {
    expect(reply([{ id: 1 }, { id: 2 }])).toEqual(['result[].id must be string: 1 (and 1 more)'])
  })

  it('with null where the document has none is found', () => {
    expect(reply([{ id: null }])).toEqual(['result[].id must be string: null'])
    expect(reply(null)).toEqual(['result must be array: null'])
  })

  it('without a required field is found, inside of what may be null too', () => {
    expect(reply([{ user: {} }])).toEqual([
      'result[].id is required and missing',
      'result[].user.email is required and missing',
    ])
  })

  it('with a field that the document does not know is found, inside of what may be null too', () => {
    expect(reply([{ id: 'a', sene: null, user: { email: 'x', mail: 'y' } }])).toEqual([
      'result[].sene is not in the document: null',
      'result[].user.mail is not in the document: "y"',
    ])
  })

  it('with a time as Postgres writes it is found where RFC 3339 is asked for', () => {
    expect(reply([{ id: 'a', seen: '2023-07-16 15:00:00+00' }])).toEqual([
      'result[].seen must match format "date-time": "2023-07-16 15:00:00+00"',
    ])
  })

  it('of a failure is held against the schema of its class of status', () => {
    expect(reply([], 403)).toEqual([
      'success must be one of [false]: true',
      'result must be object,null: []',
      'result must be one of [null]: []',
    ])
  })

  it('that the document says nothing of is told apart from a good one', () => {
    expect(checker.reply(operation(listing), 500, {})).toBeNull()
    expect(checker.reply(operation('GET /accounts/{account_id}/devices/{device_id}'), 200, {})).toBeNull()
  })
})

it('names the formats that it cannot check', () => {
  expect(open().checker.unreadFormats).toEqual(['odd'])
})

describe('a query', () => {
  const { query } = open()

  it('may have all that is documented, repeated where it is a list', () => {
    expect(query('minutes=10&sort=asc&id=a&id=b&day=2026-11-02')).toEqual([])
    expect(query('minutes=10&id=a')).toEqual([])
  })

  it.each([
    ['without a required parameter', '', 'query minutes is required and missing'],
    ['with a text for a number', 'minutes=ten', 'query minutes must be number: "ten"'],
    ['under an exclusive limit', 'minutes=0', 'query minutes must be > 0: 0'],
    ['over a limit', 'minutes=61', 'query minutes must be <= 60: 61'],
    ['with an unknown parameter', 'minutes=1&colo=X', 'query colo is not in the document: "X"'],
    ['with an unknown choice', 'minutes=1&sort=up', 'query sort must be one of ["asc","desc"]: "up"'],
    ['that repeats what is no list', 'minutes=1&minutes=2', 'query minutes must be number: ["1","2"]'],
  ])('%s is found', (_, given, problem) => {
    expect(query(given)).toEqual([problem])
  })
})

describe('a body', () => {
  const { body, checker, operation } = open()

  it('may have all that is documented', () => {
    expect(body({ disconnect: true, reason: 'x' })).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['that is missing', undefined, 'body is required and missing'],
    ['without a required field', { reason: 'x' }, 'body.disconnect is required and missing'],
    ['with a wrong type', { disconnect: 'true' }, 'body.disconnect must be boolean: "true"'],
    ['with an unknown field', { disconnect: true, why: 1 }, 'body.why is not in the document: 1'],
  ])('%s is found', (_, given, problem) => {
    expect(body(given)).toEqual([problem])
  })

  it('for an operation that takes none is found', () => {
    expect(describeProblems(checker.body(operation(listing), {}))).toEqual([
      'body is sent to an operation that takes none',
    ])
  })
})

describe('an amendment', () => {
  const moment = { at: 'query day', schema: { format: 'date-time' }, reason: 'said in words' }

  it('lets pass what it says in place of the document, and is known to have been needed', () => {
    const { query, checker } = open([moment])
    expect(query('minutes=1&day=2026-11-02')).toEqual([])
    expect([...checker.met]).toEqual([])
    expect(query('minutes=1&day=2026-11-02T10:00:00Z')).toEqual([])
    expect([...checker.met]).toEqual([moment])
  })

  it('lets nothing else pass', () => {
    const { query } = open([moment])
    expect(query('minutes=1&day=today')).toEqual(['query day must match format "date-time": "today"'])
  })

  it('holds for its operations only', () => {
    const { query } = open([{ ...moment, operations: ['GET /elsewhere'] }])
    expect(query('minutes=1&day=2026-11-02T10:00:00Z')).toHaveLength(1)
  })
})
