import { describe, expect, it } from 'vitest'

import { addUp, countPlaywright, countRun, countStatus, countVitest } from '../../build/test-count.ts'

const vitest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const playwright = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 }, errors: [] }
const fourPassed = () => ({ passed: 4, failed: 0, skipped: 0 })

describe('the last line of npm test', () => {
  it('adds up every part', () => {
    const counts = [
      countStatus(0),
      countStatus(2),
      countPlaywright(JSON.stringify(playwright)),
      countVitest(JSON.stringify(vitest)),
    ]
    expect(addUp(counts)).toEqual({ passed: 13, failed: 4, skipped: 7 })
  })

  it('counts a test file that could not be loaded as a failure', () => {
    const unloaded = { ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(countVitest(JSON.stringify(unloaded)).failed).toBe(1)
  })

  it('counts a flaky test and an error outside tests as failures', () => {
    expect(countPlaywright(JSON.stringify({ ...playwright, errors: [{ message: 'no config' }] })).failed).toBe(3)
  })

  it('counts a runner that left no report, or half of one, as a failure', () => {
    const failure = { passed: 0, failed: 1, skipped: 0 }
    expect(countRun(0, null, fourPassed)).toEqual(failure)
    expect(countRun(0, '{"numPassed', countVitest)).toEqual(failure)
  })

  it('counts a runner that failed though every test passed as a failure', () => {
    expect(countRun(1, '', fourPassed)).toEqual({ passed: 4, failed: 1, skipped: 0 })
  })

  it('counts a runner that ran no test as a failure', () => {
    expect(countRun(0, '', () => ({ passed: 0, failed: 0, skipped: 0 })).failed).toBe(1)
  })

  it('takes a good run as it is', () => {
    expect(countRun(0, '', fourPassed)).toEqual(fourPassed())
  })
})
