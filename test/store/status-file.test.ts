import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { StatusReport } from '../../main/engine/status.ts'
import {
  defaultProfileDir,
  formatStatus,
  openStatusFile,
  readStatus,
  statusExitCode,
} from '../../main/store/status-file.ts'
import { freshProfile } from './profile.ts'

const now = 1_800_000_000_000
const well: StatusReport = {
  schema: 1,
  face: 'well',
  override: { state: 'off', intent: 'none', timestamp: null, asOf: now - 4000 },
  fleet: { total: 420, byStatus: { connected: 412, disconnected: 8 }, asOf: now - 9000 },
  incidents: [],
  budget: { used: 12, limit: 360, windowS: 300 },
  lastError: null,
  version: '0.1.0',
  writtenAt: now - 2000,
}

async function written(report: StatusReport): Promise<string> {
  const profile = freshProfile()
  await openStatusFile(profile).write(report)
  return profile
}

async function exitCodeOf(report: StatusReport, at = now): Promise<number> {
  return statusExitCode(await readStatus(await written(report), at))
}

test('a reader gets what was written, while its writer runs', async () => {
  expect(await readStatus(await written(well), now)).toEqual({ ...well, process: 'running' })
})

test.each([
  ['well', 0],
  ['degraded', 1],
  ['critical', 2],
  ['override-on', 2],
  ['unknown', 3],
  ['stale', 3],
  ['offline', 3],
  ['signed-out', 3],
] as const)('%s exits with %i', async (face, code) => {
  expect(await exitCodeOf({ ...well, face })).toBe(code)
})

test('a report over 60 s old, or from the future, comforts nobody', async () => {
  expect(await exitCodeOf(well, well.writtenAt + 60_000)).toBe(0)
  expect(await exitCodeOf(well, well.writtenAt + 60_001)).toBe(3)
  expect(await exitCodeOf(well, well.writtenAt - 60_001)).toBe(3)
  expect(await readStatus(await written(well), now + 90_000)).toMatchObject({ face: 'stale', process: 'silent' })
})

test('when the process that wrote it has gone its face does not count', async () => {
  const profile = await written(well)
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  const file = join(profile, 'status.json')
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), pid }))
  const reading = await readStatus(profile, now)
  expect(reading).toMatchObject({ face: 'stale', process: 'gone', override: well.override })
  expect(statusExitCode(reading)).toBe(3)
})

test('after a quit, before a start, and in a damaged file nothing is known', async () => {
  const profile = await written(well)
  await openStatusFile(profile).remove()
  await openStatusFile(profile).remove()
  expect(existsSync(join(profile, 'status.json'))).toBe(false)
  for (const content of [null, '', '{', '[]', JSON.stringify({ ...well, face: 'splendid', pid: process.pid })]) {
    if (content !== null) writeFileSync(join(profile, 'status.json'), content)
    const reading = await readStatus(profile, now)
    expect(reading).toMatchObject({ schema: 1, face: 'unknown', fleet: null, override: { state: 'unknown' } })
    expect(statusExitCode(reading)).toBe(3)
  }
})

test('the file is for this user only, and no draft is left beside it', async () => {
  const profile = await written(well)
  expect(statSync(join(profile, 'status.json')).mode & 0o777).toBe(0o600)
  expect(readdirSync(profile)).toEqual(['status.json'])
})

test('writes that overlap land in order and whole', async () => {
  const profile = freshProfile()
  const file = openStatusFile(profile)
  await Promise.all(Array.from({ length: 50 }, (_, used) => file.write({ ...well, budget: { ...well.budget, used } })))
  expect((await readStatus(profile, now)).budget.used).toBe(49)
  const last = Promise.all([file.write(well), file.remove()])
  await last
  expect(readdirSync(profile)).toEqual([])
})

test('a write that fails is told, and the next one works', async () => {
  const profile = freshProfile()
  const nowhere = openStatusFile(join(profile, 'missing'))
  await expect(nowhere.write(well)).rejects.toThrow(/ENOENT/)
  const file = openStatusFile(profile)
  await file.write(well)
  expect((await readStatus(profile, now)).face).toBe('well')
})

test('a person reads each figure with its age', async () => {
  const report: StatusReport = {
    ...well,
    face: 'critical',
    override: { ...well.override, intent: 'unconfirmed' },
    incidents: [{ id: 'INC-4F2A9C', severity: 'critical', count: 214, since: now - 300_000 }],
    lastError: { kind: 'timeout', at: now - 30_000 },
  }
  expect(formatStatus(await readStatus(await written(report), now), now)).toBe(
    [
      'critical',
      'override off (4 s ago), unconfirmed',
      'fleet 420: 412 connected, 8 disconnected (9 s ago)',
      'INC-4F2A9C critical, 214 devices, began 5 min ago',
      'last error: timeout (30 s ago)',
    ].join('\n'),
  )
})

test('a person reads why a report does not count', async () => {
  expect(formatStatus(await readStatus(freshProfile(), now), now)).toMatch(/^unknown: .* does not run .*npm start/)
  const silent = await readStatus(await written(well), now + 600_000)
  expect(formatStatus(silent, now + 600_000)).toMatch(/^stale: .* said nothing for 10 min/)
})

test('the default profile is where the system keeps the data of apps', () => {
  const of = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) => defaultProfileDir(platform, env, '/home/me')
  expect(of('linux', {})).toBe('/home/me/.config/Fleetlight')
  expect(of('linux', { XDG_CONFIG_HOME: '' })).toBe('/home/me/.config/Fleetlight')
  expect(of('linux', { XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/Fleetlight')
  expect(of('darwin', { XDG_CONFIG_HOME: '/cfg' })).toBe('/home/me/Library/Application Support/Fleetlight')
  expect(of('win32', { APPDATA: '/roaming' })).toBe('/roaming/Fleetlight')
  expect(of('win32', {})).toBe('/home/me/AppData/Roaming/Fleetlight')
})
