import { describe, expect, it } from 'vitest'

import type { Amendment } from '../../build/contract/checker.ts'
import { report, type Findings } from '../../build/contract/report.ts'

const amendment: Amendment = { operations: ['GET /a'], at: 'result.new', schema: {}, reason: 'It is newer.' }
const good: Findings = {
  document: { title: 'Small', root: {}, basePath: '', operations: [] },
  driven: [
    { operation: 'GET /a', checked: 3, enveloped: 1, undocumented: ['4xx'], untaken: ['sort=up'], problems: [] },
    { operation: 'GET /b', checked: 0, enveloped: 2, undocumented: ['all'], untaken: [], problems: [] },
  ],
  amendments: [amendment],
  met: new Set([amendment]),
  unreadFormats: ['odd'],
  quirks: [{ name: 'shape=null', source: 'Nobody knows.', changes: ['GET /a'], departures: [], problems: [] }],
  requests: [{ name: 'GET /a', count: 12, problems: [] }],
  needsRequests: true,
}

describe('the report', () => {
  it('lists what the document lacks with the reason, what is refused, each quirk with its source', () => {
    const { lines, isGood } = report(good)
    expect(isGood).toBe(true)
    expect(lines).toContain('     GET /a: replies with status 4xx; the envelope holds, checked of 1')
    expect(lines).toContain('     GET /b: the operation; the envelope holds, checked of 2')
    expect(lines).toContain('     GET /a: result.new. It is newer.')
    expect(lines).toContainEqual(expect.stringContaining('format "odd" are taken as they are'))
    expect(lines).toContain('     GET /a: sort=up')
    expect(lines).toContain('ok   shape=null: Nobody knows.')
    expect(lines).toContain('     never asked: GET /b')
    expect(lines.at(-1)).toBe(
      'Checked 2 operations with 6 replies, 1 quirks and 12 requests of the app: nothing is wrong.',
    )
  })

  it.each<[string, Partial<Findings>]>([
    ['a reply', { driven: [{ ...good.driven[0]!, problems: ['result is empty'] }] }],
    ['a quirk', { quirks: [{ ...good.quirks[0]!, problems: ['result is empty'] }] }],
    ['a request', { requests: [{ name: 'GET /a', count: 1, problems: ['result is empty'] }] }],
  ])('is bad when %s is', (_, bad) => {
    const { lines, isGood } = report({ ...good, ...bad })
    expect(isGood).toBe(false)
    expect(lines).toContain('     ! result is empty')
    expect(lines.at(-1)).toMatch(/: 1 thing is wrong\.$/)
  })

  it('says that no request was recorded, and is bad where there should be some', () => {
    const { lines, isGood } = report({ ...good, requests: null })
    expect(isGood).toBe(false)
    expect(lines).toContainEqual(expect.stringMatching(/^FAIL None was recorded/))
    const elsewhere = report({ ...good, requests: null, needsRequests: false })
    expect(elsewhere.isGood).toBe(true)
    expect(elsewhere.lines).toContainEqual(expect.stringMatching(/^NOTE None was recorded/))
    expect(elsewhere.lines.at(-1)).toContain('NO request of the app')
  })

  it('names an amendment that nothing needed, once there were requests to need it', () => {
    const idle = { ...good, met: new Set<Amendment>() }
    expect(report(idle).lines).toContainEqual(expect.stringContaining('Nothing needed this amendment'))
    expect(report({ ...idle, requests: null }).lines).not.toContainEqual(expect.stringContaining('Nothing needed'))
  })
})
