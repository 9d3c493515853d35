/**
 * `npm test`: check, unit, contract and desktop tests, then the end-to-end tests. The last line counts real results,
 * and the exit status agrees with it.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { addUp, countPlaywright, countVitest, type Count } from './test-count.ts'

const root = path.resolve(import.meta.dirname, '..')
const results = path.join(root, 'test-results')
const counts: Count[] = []

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

for (const part of ['types', 'lint', 'format:check']) {
  title(`check: ${part}`)
  const ok = (await run('npm', ['run', '--silent', part])) === 0
  counts.push({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
}

title('unit, contract and desktop tests')
const unitReport = path.join(results, 'vitest.json')
const unitStatus = await run('npx', [
  'vitest',
  'run',
  '--coverage',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
])
counts.push(count(unitReport, unitStatus, countVitest))

title('end-to-end tests')
const e2eReport = path.join(results, 'playwright.json')
const built = await run('npm', ['run', '--silent', 'build'])
const e2eStatus =
  built === 0
    ? await run('npx', ['playwright', 'test', '-c', 'test/e2e', '--reporter=list,json'], {
        PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport,
      })
    : built
counts.push(count(e2eReport, e2eStatus, countPlaywright))

const { passed, failed, skipped } = addUp(counts)
process.exitCode = failed === 0 && skipped === 0 ? 0 : 1
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)

/** What a runner's report says; a runner that failed without saying which test did counts as one failure. */
function count(report: string, status: number, read: (text: string) => Count): Count {
  let counted: Count
  try {
    counted = read(readFileSync(report, 'utf8'))
  } catch {
    process.stdout.write('The runner left no readable report.\n')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

function title(text: string): void {
  process.stdout.write(`\n== ${text}\n`)
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', () => {
      resolve(1)
    })
    child.on('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}
