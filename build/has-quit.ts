import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

interface Line {
  readonly event?: unknown
  readonly pid?: unknown
}

/** Whether the app of this process id wrote into the log of its profile that everything was taken down and it quit. */
export function hasQuit(profile: string, pid: number): boolean {
  const lines = ['fleetlight.1.log', 'fleetlight.log'].flatMap((name) => readLines(path.join(profile, 'log', name)))
  const start = lines.findLastIndex((line) => line.event === 'started' && line.pid === pid)
  if (start < 0) return false
  const later = lines.slice(start + 1)
  const next = later.findIndex((line) => line.event === 'started')
  return later.slice(0, next < 0 ? later.length : next).some((line) => line.event === 'quit')
}

function readLines(file: string): Line[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').map(parseLine)
}

/** A line that was cut short says nothing. */
function parseLine(text: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    return {}
  }
}
