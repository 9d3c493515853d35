import type { z } from 'zod'

import type { EpochMs } from '../main/engine/failure.ts'
import type { settingsSchema } from './contract.ts'

export type Settings = z.infer<typeof settingsSchema>

/** What a token can do, in the words of the one who reads it. */
export interface Capability {
  readonly name: 'fleet' | 'override' | 'switch' | 'devices' | 'settings' | 'audit'
  /** 'onlyByActing': nothing but the act itself can tell. */
  readonly can: 'yes' | 'no' | 'notKnown' | 'onlyByActing'
  /** "May read the Global WARP override". */
  readonly sentence: string
  /** The permission groups of which one is needed, as Cloudflare's dashboard names them. */
  readonly needs: string
}

/** What checking a token told. */
export interface CheckReport {
  readonly owner: 'user' | 'account'
  readonly expiresOn: EpochMs | null
  /** null: this token cannot list accounts; the account id must be typed. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[] | null
  /** The account that was probed; null when none was chosen yet. */
  readonly account: { readonly id: string; readonly name: string } | null
  readonly capabilities: readonly Capability[]
  /** null: it can be watched with; else why not, and what to do. */
  readonly refusal: string | null
}

export interface ConnectionSummary {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly isDemo: boolean
  readonly isActive: boolean
  readonly actsWith: 'actToken' | 'watchToken' | 'none'
  readonly tokensHeldIn: 'keychain' | 'memory'
}

/** What the shell knows of this machine, beside the engine's snapshot. */
export interface ShellFacts {
  readonly version: string
  readonly runtime: string
  readonly profile: string
  readonly tray: 'shown' | 'noHost'
  readonly notifications: 'working' | 'missing'
  /** Why the tokens cannot be had, if so. */
  readonly keychain: { readonly kind: 'working' | 'absent' | 'silent'; readonly detail: string }
  readonly theme: 'system' | 'light' | 'dark'
  /** Sentences to show once: a damaged file was set aside, and the like. */
  readonly notices: readonly string[]
}
