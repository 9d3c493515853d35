import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import { applyOpenAtLogin, autostartEntry } from '../../main/desktop/open-at-login.ts'

vi.mock('electron/main', () => ({}))

function freshFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-login-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

test.runIf(process.platform === 'linux')('the entry is there while it is wanted, and gone after', () => {
  const folder = freshFolder()
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  const entry = path.join(folder, 'autostart/fleetlight.desktop')
  applyOpenAtLogin(true, ['/opt/fleetlight/fleetlight'])
  expect(readFileSync(entry, 'utf8')).toContain('Exec="/opt/fleetlight/fleetlight"\n')
  applyOpenAtLogin(false, ['/opt/fleetlight/fleetlight'])
  applyOpenAtLogin(false, ['/opt/fleetlight/fleetlight'])
  expect(existsSync(entry)).toBe(false)
})

test.runIf(process.platform === 'linux')('a desktop that starts the entry passes every argument on as it is', () => {
  const args = ['--profile', `/home/me/a b"c'd$HOME\`e\\f%g%%f`]
  const entry = path.join(freshFolder(), 'x.desktop')
  writeFileSync(entry, autostartEntry([process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...args]))
  expect(JSON.parse(execFileSync('env', ['gio', 'launch', entry], { encoding: 'utf8' }))).toEqual(args)
})
