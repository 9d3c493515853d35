/** Results of a test runner, as the last line of `npm test` adds them up. */
export interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export function addUp(counts: readonly Count[]): Count {
  return counts.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
  }))
}

/** A part that has no tests of its own: it is one. */
export function countStatus(status: number): Count {
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
}

/**
 * What a runner's report says. A runner that failed without a failed test (it crashed, or coverage is too low) and one
 * that ran no test are one failure.
 * @param report  null when the runner left none
 */
export function countRun(status: number, report: string | null, read: (report: string) => Count): Count {
  const counted = report === null ? null : readable(report, read)
  if (counted === null) return { passed: 0, failed: 1, skipped: 0 }
  const isFailure = counted.failed === 0 && (status !== 0 || counted.passed === 0)
  return isFailure ? { ...counted, failed: 1 } : counted
}

function readable(report: string, read: (report: string) => Count): Count | null {
  try {
    return read(report)
  } catch {
    // The runner died while it wrote.
    return null
  }
}

/** Reads Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure. */
export function countVitest(report: string): Count {
  const { testResults, ...total } = JSON.parse(report) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: total.numPassedTests,
    failed: total.numFailedTests + unloaded.length,
    skipped: total.numPendingTests + total.numTodoTests,
  }
}

/** Reads Playwright's JSON report. A flaky test is one that failed; errors outside tests count too. */
export function countPlaywright(report: string): Count {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    errors: unknown[]
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}
