import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

import type { z } from 'zod'

import type { FaceName } from '../engine/face.ts'
import type { EpochMs } from '../engine/failure.ts'
import type { StatusReport } from '../engine/status.ts'
import { nothingKnown, storedStatus } from './status-schema.ts'

/** A report that is older than this says nothing about now, milliseconds. */
const maxAgeMs = 60_000

/** A report as a reader gets it, with what became of the app that wrote it: 'silent' is over 60 s without a word. */
export interface StatusReading extends StatusReport {
  readonly process: 'running' | 'silent' | 'gone'
}

/** Where Electron keeps the data of an app of this name, so that a reader without Electron finds it. */
export function defaultProfileDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  const name = 'Fleetlight'
  if (platform === 'darwin') return path.join(home, 'Library/Application Support', name)
  const configured = platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME
  const usual = platform === 'win32' ? path.join(home, 'AppData/Roaming') : path.join(home, '.config')
  return path.join(configured === undefined || configured === '' ? usual : configured, name)
}

/** Opens status.json of a profile for the one app that runs in it. */
export function openStatusFile(profileDir: string) {
  const file = fileOf(profileDir)
  let turn: Promise<unknown> = Promise.resolve()
  /** One after the other, so that an older report never lands on a newer one. */
  const next = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  return {
    /** Readers see the whole old report or the whole new one. Rejects when the file cannot be written. */
    write: (report: StatusReport) =>
      next(async () => {
        const draft = `${file}.new`
        await writeFile(draft, `${JSON.stringify({ ...report, pid: process.pid })}\n`, { mode: 0o600 })
        await rename(draft, file)
      }),
    /** On quit: from now on nobody watches, and no file may say otherwise. */
    remove: () => next(() => rm(file, { force: true })),
  }
}

/**
 * What the app of this profile said last. When it no longer runs or is silent its face does not count any more: it is
 * 'stale' then, or 'unknown' where there is no report at all.
 */
export async function readStatus(profileDir: string, now: EpochMs): Promise<StatusReading> {
  const stored = await readStored(fileOf(profileDir))
  if (stored === null) return { ...nothingKnown, process: 'gone' }
  const { pid, ...report } = stored
  if (!isAlive(pid)) return { ...report, face: 'stale', process: 'gone' }
  if (Math.abs(now - report.writtenAt) > maxAgeMs) return { ...report, face: 'stale', process: 'silent' }
  return { ...report, process: 'running' }
}

const exitCodes: Readonly<Partial<Record<FaceName, number>>> = { well: 0, degraded: 1, critical: 2, 'override-on': 2 }

/** 0 well; 1 degraded; 2 critical or override on; 3 anything else. */
export function statusExitCode({ face, process }: StatusReading): number {
  return process === 'running' ? (exitCodes[face] ?? 3) : 3
}

/** For a person at a terminal; a line a fact, each figure with its age. */
export function formatStatus(report: StatusReading, now: EpochMs = Date.now()): string {
  const { face, override, fleet, incidents, lastError, writtenAt } = report
  if (writtenAt === 0)
    return 'unknown: Fleetlight does not run in this profile, so nothing is known. Start it with "npm start".'
  const age = (at: EpochMs | null) => (at === null ? 'never read' : `${formatAge(now - at)} ago`)
  const running = {
    running: face,
    silent: `${face}: Fleetlight runs but has said nothing for ${formatAge(now - writtenAt)}. It may hang: start it anew. It said last:`,
    gone: `${face}: Fleetlight does not run any more. It said ${age(writtenAt)}:`,
  }[report.process]
  return [
    running,
    `override ${override.state} (${age(override.asOf)})${override.intent === 'none' ? '' : `, ${override.intent}`}`,
    fleet === null ? 'fleet not known' : `fleet ${fleet.total}${formatCounts(fleet.byStatus)} (${age(fleet.asOf)})`,
    ...incidents.map(({ id, severity, count, since }) => `${id} ${severity}, ${count} devices, began ${age(since)}`),
    ...(lastError === null ? [] : [`last error: ${lastError.kind} (${age(lastError.at)})`]),
  ].join('\n')
}

function fileOf(profileDir: string): string {
  return path.join(profileDir, 'status.json')
}

/** null: there is no file, or none that can be trusted. */
async function readStored(file: string): Promise<z.infer<typeof storedStatus> | null> {
  try {
    return storedStatus.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

function formatCounts(byStatus: Readonly<Record<string, number>>): string {
  const counts = Object.entries(byStatus).map(([value, count]) => `${count} ${value}`)
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`
}
