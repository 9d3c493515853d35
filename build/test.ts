/**
 * `npm test`: check, unit, contract and desktop tests, then the end-to-end tests. The last line counts real results,
 * and the exit status agrees with it.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { addUp, countPlaywright, countRun, countStatus, countVitest, type Count } from './test-count.ts'

const root = path.resolve(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
const vitestReport = path.join(results, 'vitest.json')
const playwrightReport = path.join(results, 'playwright.json')

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const counts: Count[] = []
for (const part of ['types', 'lint', 'layers', 'unused', 'format:check', 'build']) {
  counts.push(countStatus(await run(part, 'npm', ['run', '--silent', part])))
}

const vitest = [
  'run',
  '--coverage',
  '--allowOnly=false',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
]
const vitestStatus = await run('unit, contract and desktop tests', 'vitest', vitest)
counts.push(countRun(vitestStatus, textOf(vitestReport), countVitest))

// A short share of the mutants; "npm run mutants" runs all.
const share = ['run', '--silent', 'mutants', '--', 'freshness']
counts.push(countStatus(await run('mutants: freshness', 'npm', share)))

const playwright = ['test', '-c', 'test/e2e', '--workers=1', '--forbid-only', '--reporter=list,json']
const playwrightStatus = await run('end-to-end tests', 'playwright', playwright, {
  PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
})
counts.push(countRun(playwrightStatus, textOf(playwrightReport), countPlaywright))

const { passed, failed, skipped } = addUp(counts)
process.exitCode = failed === 0 && skipped === 0 ? 0 : 1
process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`)

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Runs a part, its output shown as it comes; gives its exit status, 1 when it could not start or was ended. */
function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  process.stdout.write(`\n== ${title}\n`)
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      process.stdout.write(`${String(error)}\n`)
      resolve(1)
    })
    child.on('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}
