import { describe, expect, it } from 'vitest'

import { addUp, countPlaywright, countVitest } from '../../build/test-count.ts'

const vitest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const playwright = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] }

describe('the last line of npm test', () => {
  it('adds up every runner', () => {
    const one = { passed: 1, failed: 0, skipped: 0 }
    expect(addUp([one, countPlaywright(JSON.stringify(playwright)), countVitest(JSON.stringify(vitest))])).toEqual({
      passed: 13,
      failed: 3,
      skipped: 3,
    })
  })

  it('counts a test file that could not be loaded as a failure', () => {
    const unloaded = { ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(countVitest(JSON.stringify(unloaded)).failed).toBe(1)
  })

  it('counts a flaky test and an error outside tests as failures', () => {
    expect(countPlaywright(JSON.stringify({ ...playwright, errors: [{ message: 'no config' }] })).failed).toBe(3)
  })
})
