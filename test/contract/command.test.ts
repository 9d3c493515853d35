import { spawnSync } from 'node:child_process'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

function contract(...args: readonly string[]) {
  return spawnSync(process.execPath, ['build/contract.ts', ...args], { cwd: root, encoding: 'utf8' })
}

describe('npm run contract', { timeout: 60_000 }, () => {
  it('without a file fails, and says what to name', () => {
    const { status, stderr } = contract()
    expect(status).toBe(1)
    expect(stderr).toContain('npm run contract -- FILE')
  })

  it('with a file that is absent, or is none, fails and names it', () => {
    const absent = contract('nowhere.json')
    expect(absent.status).toBe(1)
    expect(absent.stderr).toContain('nowhere.json cannot be read')
    const other = contract('package.json')
    expect(other.status).toBe(1)
    expect(other.stderr).toContain('package.json: It is not an OpenAPI 3.0 document')
  })
})
