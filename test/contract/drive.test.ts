import { describe, expect, it } from 'vitest'

import type { Ask } from '../../build/contract/asking.ts'
import { Checker } from '../../build/contract/checker.ts'
import { parseDocument } from '../../build/contract/document.ts'
import { drive, type Driven } from '../../build/contract/drive.ts'
import { smallDocument } from './fixtures/small-document.ts'
import { devices, faultless, refusal, serve, type Answer } from './fixtures/small-server.ts'

const listing: Ask = {
  operation: 'GET /accounts/{account_id}/devices',
  query: [['minutes', '5']],
  token: 'user',
  filled: ['result'],
}

async function driven(answer: Answer, asks: readonly Ask[] = [listing]): Promise<Driven> {
  const document = parseDocument(smallDocument)
  if (!document.ok) throw new Error(document.failure)
  const { account, close } = await serve(answer)
  try {
    const [first] = await drive(new Checker(document.value), account, asks, Date.UTC(2026, 10, 2))
    return first!
  } finally {
    await close()
  }
}

describe('driving an operation', () => {
  it('finds nothing wrong with one that keeps to its document', async () => {
    const result = await driven((query, request) =>
      // A full time is refused for a date.
      query.has('day') && query.get('day')?.length !== 10 ? refusal : faultless(query, request),
    )
    expect(result).toMatchObject({ problems: [], undocumented: [], untaken: ['day=2026-11-02T00:00:00.000Z'] })
    // Asked, four values of three parameters, three bad tokens, unknown, missing, three wrong numbers, a wrong choice.
    expect(result.checked).toBe(14)
  })

  it.each<[string, Answer, string]>([
    ['an empty result', () => devices([]), '?minutes=5: result is empty'],
    ['a wrong type', () => devices([{ id: 7 }]), '?minutes=5: result[].id must be string: 7'],
    ['a missing field', () => devices([{ seen: null }]), '?minutes=5: result[].id is required and missing'],
    ['an unknown field', () => devices([{ id: 'a', sene: 1 }]), '?minutes=5: result[].sene is not in the document: 1'],
    ['a failure', () => refusal, '?minutes=5: status is not 200: 400'],
    ['an endless cursor', () => devices([{ id: 'a' }], 'more'), '?minutes=5: result_info.cursor leads on'],
  ])('finds %s', async (_, answer, problem) => {
    const { problems } = await driven(answer)
    expect(problems).toContainEqual(expect.stringContaining(problem))
  })

  it.each([
    ['no token', 'without a token: status is not 400 or 401 or 403: 200'],
    ['an unknown token', 'with a token that is unknown: status is not 400 or 401 or 403: 200'],
    ['an unknown parameter', 'with an unknown parameter: status is not 400: 200'],
    ['a missing parameter', 'without minutes: status is not 400: 200'],
    ['a value over its limit', 'with minutes=61: status is not 400: 200'],
    ['an unknown choice', 'with sort=no-such-choice: status is not 400: 200'],
  ])('finds that %s is taken', async (_, problem) => {
    const { problems } = await driven(() => devices([{ id: 'a' }]))
    expect(problems).toContain(problem)
  })

  it('finds a question that is itself not as documented', async () => {
    const { problems } = await driven(() => devices([{ id: 'a' }]), [{ ...listing, query: [['minute', '5']] }])
    expect(problems).toContain('the question itself: query minute is not in the document: "5"')
  })

  it('follows the cursor, and checks every page', async () => {
    const { problems } = await driven((query, request) => {
      if (query.has('cursor')) return devices([{ id: 3 }])
      return query.size === 1 ? devices([{ id: 'a' }], 'more') : faultless(query, request)
    })
    expect(problems).toContain('?minutes=5&cursor=more: result[].id must be string: 3')
  })

  it('checks the envelope alone where the document says nothing, and tells so', async () => {
    const unknown = { ...listing, operation: 'GET /unknown', query: [] }
    const good = await driven(
      (query, { headers }) =>
        headers.authorization !== 'Bearer one' || query.size > 0 ? refusal : devices([{ any: 'thing' }]),
      [unknown],
    )
    expect(good).toMatchObject({ checked: 0, enveloped: 5, undocumented: ['all'], problems: [] })
    const bad = await driven(() => ({ status: 200, body: { success: false, errors: [] } }), [unknown])
    expect(bad.problems).toContain('errors must NOT have fewer than 1 items: []')
  })
})
