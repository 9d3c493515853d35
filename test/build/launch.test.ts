import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { launchApp, statusOf } from '../../build/launch.ts'
import { makeFolder } from './setup-folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Runs a shell script in a profile as the app would run, and gives the status of its end. */
function end(script: string): Promise<number> {
  const profile = makeFolder({ 'log/fleetlight.log': '' })
  return statusOf(spawn('sh', ['-c', script], { cwd: profile }), profile)
}

const says = (event: string) => `echo "{\\"event\\":\\"${event}\\",\\"pid\\":$$}" >> log/fleetlight.log;`

describe('the status of npm start', () => {
  it('is that of the app', async () => {
    expect(await end('exit 0')).toBe(0)
    expect(await end('exit 64')).toBe(64)
  })

  it('tells the signal that ended the app, as a shell does', async () => {
    expect(await end(`${says('started')} kill -9 $$`)).toBe(137)
    expect(await end(`${says('started')} ${says('quit')} kill -15 $$`)).toBe(143)
  })

  it('is 0 for an app that had quit and could only then be ended by itself', async () => {
    expect(await end(`${says('started')} ${says('quit')} kill -9 $$`)).toBe(0)
  })

  it('is 1 for what cannot be run', async () => {
    expect(await statusOf(spawn('/nonexistent/electron'), makeFolder())).toBe(1)
  })
})

describe('the app that is started', () => {
  it('has a process group of its own, so that Ctrl-C reaches it once: through us', async () => {
    const folder = makeFolder({
      electron: '#!/bin/sh\ncut -d " " -f 1,5 /proc/$$/stat > "$0.group"\n',
      version: '45.4.1',
    })
    vi.stubEnv('FLEETLIGHT_ELECTRON', path.join(folder, 'electron'))
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const app = launchApp([])
    expect(app === null ? null : await statusOf(app, folder)).toBe(0)
    const [pid, group] = readFileSync(path.join(folder, 'electron.group'), 'utf8').trim().split(' ')
    expect(group).toBe(pid)
    expect(said).toHaveBeenCalledWith('Electron 45.4.1 (FLEETLIGHT_ELECTRON)\n')
  })

  it('is none when FLEETLIGHT_ELECTRON names nothing, and it is said why', () => {
    vi.stubEnv('FLEETLIGHT_ELECTRON', '/nonexistent/electron')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(launchApp([])).toBeNull()
    expect(said).toHaveBeenCalledWith(expect.stringContaining('which does not exist. Correct it or unset it.'))
  })
})
