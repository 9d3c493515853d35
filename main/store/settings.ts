import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import ElectronStore from 'electron-store'

import type { EpochMs } from '../engine/failure.ts'
import { setAside } from './set-aside.ts'
import {
  defaultStored,
  parseStored,
  type ReadSettings,
  settingsMigrations,
  type Stored,
  storedSchema,
} from './settings-schema.ts'

type StoredSettings = Readonly<Stored['settings']>
type StoredConnection = Readonly<Stored['connections'][number]>
type WindowBounds = Readonly<NonNullable<Stored['windowBounds']>>

/**
 * What is no secret and outlives the process, in settings.json of the profile. Values are immutable. What was saved
 * holds at once; when it cannot be written a notice says so and it holds until quit.
 */
export interface SettingsStore {
  settings(): StoredSettings
  saveSettings(settings: StoredSettings): void
  connections(): readonly StoredConnection[]
  saveConnections(connections: readonly StoredConnection[]): void
  activeConnection(): string | null
  activate(connection: string | null): void
  notificationsPausedUntil(): EpochMs | null
  pauseNotifications(until: EpochMs | null): void
  windowBounds(): WindowBounds | null
  saveWindowBounds(bounds: WindowBounds): void
}

/** Opens the settings of a profile. A file that cannot be trusted is set aside, told in a sentence, and begun anew. */
export function openSettings(profileDir: string, onNotice: (sentence: string) => void): SettingsStore {
  let stored = freeze(readFile(join(profileDir, 'settings.json'), onNotice))
  const file = new ElectronStore<Record<string, unknown>>({
    cwd: profileDir,
    name: 'settings',
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  })
  const save = (change: Partial<Stored>): void => {
    // Parsed, so that nothing is written that the next start would have to set aside: that would be a bug of ours.
    stored = freeze(storedSchema.parse({ ...stored, ...change }))
    try {
      file.store = { version: settingsMigrations.length + 1, ...stored }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      onNotice(`The settings cannot be saved (${detail.slice(0, 200)}). They hold until quit.`)
    }
  }

  return {
    settings: () => stored.settings,
    saveSettings: (settings) => {
      save({ settings })
    },
    connections: () => stored.connections,
    saveConnections: (connections) => {
      const stays = connections.some((one) => one.id === stored.activeConnection)
      save({ connections: [...connections], activeConnection: stays ? stored.activeConnection : null })
    },
    activeConnection: () => stored.activeConnection,
    activate: (connection) => {
      save({ activeConnection: connection })
    },
    notificationsPausedUntil: () => stored.notificationsPausedUntil,
    pauseNotifications: (until) => {
      save({ notificationsPausedUntil: until })
    },
    windowBounds: () => stored.windowBounds,
    saveWindowBounds: (windowBounds) => {
      save({ windowBounds })
    },
  }
}

function readFile(path: string, onNotice: (sentence: string) => void): Stored {
  if (!existsSync(path)) return defaultStored
  const read = parseFile(path)
  if (read.kind === 'read') return read.stored
  const kept = basename(setAside(path, read.kind))
  onNotice(
    read.kind === 'newer'
      ? `The settings were written by a newer Fleetlight (version ${read.version}). They are kept as ${kept}; this version begins with its own.`
      : `The settings could not be read (${read.where}). They are kept as ${kept}; Fleetlight begins with new ones, so enter your connections again.`,
  )
  return defaultStored
}

function parseFile(path: string): ReadSettings {
  try {
    return parseStored(JSON.parse(readFileSync(path, 'utf8')), settingsMigrations)
  } catch (error) {
    return { kind: 'damaged', where: error instanceof SyntaxError ? 'not JSON' : String(error).slice(0, 200) }
  }
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part as object)
  return Object.freeze(value)
}
