import { z } from 'zod'

import { defaultWatchSettings } from '../engine/settings.ts'

/** Changes what a file of one version holds into what the next version holds. */
export type SettingsMigration = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** From version 1 to 2, from 2 to 3 ... Forward only, never edited. */
export const settingsMigrations: readonly SettingsMigration[] = []

const epochMs = z.int().nonnegative()
const plainName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** What a person can set. Units and ranges are those of the engine's settings. */
const settings = z.object({
  overridePollSeconds: z.int().min(5).max(300),
  fleetPollSeconds: z.int().min(10).max(600),
  windowMinutes: z.int().min(1).max(60),
  dropHoldSeconds: z.int().min(0).max(900),
  degradedPercent: z.int().min(1).max(100),
  criticalPercent: z.int().min(1).max(100),
  budgetPercent: z.int().min(1).max(100),
  theme: z.enum(['system', 'light', 'dark']),
  openAtLogin: z.boolean(),
})

/** A connection as it is stored: nothing in it is secret. */
const connection = z.object({
  id: plainName,
  accountId: z.string().min(1).max(64),
  accountName: z.string().max(1000),
  /** The address that its tokens were entered for and are sent to; empty for the demo, whose address main makes. */
  address: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)]),
  isDemo: z.boolean(),
  actsWith: z.enum(['actToken', 'watchToken', 'none']),
  tokensHeldIn: z.enum(['keychain', 'memory']),
  expiresOn: z.object({ watch: epochMs.nullable(), act: epochMs.nullable() }),
  addedAt: epochMs,
})

/** A window's outer rectangle in device-independent pixels; it may lie left of or above the first screen. */
const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })

export const storedSchema = z
  .object({
    settings,
    connections: z.array(connection).max(100),
    activeConnection: plainName.nullable(),
    notificationsPausedUntil: epochMs.nullable(),
    windowBounds: bounds.nullable(),
  })
  .refine(
    ({ connections, activeConnection }) =>
      activeConnection === null || connections.some((one) => one.id === activeConnection),
    { error: 'the active connection is not in the list', path: ['activeConnection'] },
  )

export type Stored = z.infer<typeof storedSchema>

export const defaultStored: Stored = {
  settings: { ...defaultWatchSettings, theme: 'system', openAtLogin: false },
  connections: [],
  activeConnection: null,
  notificationsPausedUntil: null,
  windowBounds: null,
}

/** What a settings file turned out to hold. `where` is the first place that is wrong. */
export type ReadSettings =
  | { readonly kind: 'read'; readonly stored: Stored }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly where: string }

/** Brings what a file holds to the newest version, then checks all of it. */
export function parseStored(value: unknown, migrations: readonly SettingsMigration[]): ReadSettings {
  const head = z.looseObject({ version: z.int().positive() }).safeParse(value)
  if (!head.success) return { kind: 'damaged', where: 'version' }
  const { version } = head.data
  if (version > migrations.length + 1) return { kind: 'newer', version }
  const newest = migrations
    .slice(version - 1)
    .reduce<Readonly<Record<string, unknown>>>((older, migrate) => migrate(older), head.data)
  const parsed = storedSchema.safeParse(newest)
  if (parsed.success) return { kind: 'read', stored: parsed.data }
  return { kind: 'damaged', where: parsed.error.issues[0]?.path.join('.') ?? '' }
}
