import { appendFileSync, chmodSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

import { scrub } from './scrub.ts'

export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface LogOptions {
  readonly folder: string
  /** A file of this size gives way to a new one, bytes; one older file is kept. 1 MiB unless told. */
  readonly maxBytes?: number
  readonly now?: () => number
}

const maxTextLength = 4000

/**
 * Opens the log: one JSON object a line in fleetlight.log, the older one in fleetlight.1.log, for this user only. Each
 * line is on disk when the function returns, so that a crash leaves its reason. It never throws: a log that cannot be
 * written must not stop what it tells of.
 */
export function openLog({ folder, maxBytes = 1024 * 1024, now = Date.now }: LogOptions) {
  const file = path.join(folder, 'fleetlight.log')
  const older = path.join(folder, 'fleetlight.1.log')
  let size = prepare(folder, file)

  return (event: string, fields: LogFields = {}): void => {
    try {
      const line = `${format(now(), event, fields)}\n`
      const bytes = Buffer.byteLength(line)
      if (size + bytes > maxBytes && size > 0) {
        renameSync(file, older)
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += bytes
    } catch {
      // A full or read-only disk: the app's own state shows it elsewhere.
    }
  }
}

/** Gives the size that the file has by now. */
function prepare(folder: string, file: string): number {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const size = statSync(file, { throwIfNoEntry: false })?.size
    if (size !== undefined) chmodSync(file, 0o600)
    return size ?? 0
  } catch {
    return 0
  }
}

function format(at: number, event: string, fields: LogFields): string {
  const safe = Object.entries(fields).map(([name, value]) => [
    name,
    // Not by type alone: whatever is no number or flag is turned into text, and a Secret turns into dots.
    typeof value === 'number' || typeof value === 'boolean' || value === null ? value : printText(value),
  ])
  return JSON.stringify({ at: new Date(at).toISOString(), event: printText(event), ...Object.fromEntries(safe) })
}

function printText(value: unknown): string {
  return scrub(String(value)).slice(0, maxTextLength)
}
