import { randomBytes } from 'node:crypto'

import type { EpochMs } from '../../engine/failure.ts'

/** The permission groups that the demo knows, as Cloudflare names them. */
export type PermissionGroup =
  | 'Zero Trust Read'
  | 'Zero Trust Write'
  | 'Zero Trust Report'
  | 'Zero Trust Resilience Read'
  | 'Zero Trust Resilience Write'
  | 'Cloudflare DEX Read'
  | 'Cloudflare DEX Write'
  | 'Account Settings Read'
  | 'Account Settings Write'

/** What a token of the demo account is for. The first two are those that the app gets; the others are for tests. */
export const tokenRoles = [
  'watch',
  'act',
  'both',
  'account',
  'noAudit',
  'noGroups',
  'expiring',
  'expired',
  'disabled',
] as const
export type DemoTokenRole = (typeof tokenRoles)[number]

export interface DemoToken {
  readonly role: DemoTokenRole
  readonly secret: string
  readonly id: string
  readonly name: string
  readonly owner: 'user' | 'account'
  readonly status: 'active' | 'disabled' | 'expired'
  readonly expiresOn: EpochMs | null
  readonly groups: readonly PermissionGroup[]
}

const dayMs = 86_400_000
const reading = ['Zero Trust Read', 'Account Settings Read'] as const

/** Makes the account's tokens, their secrets anew at each start. `expiringInDays` is how long the expiring one has left. */
export function makeTokens(now: EpochMs, expiringInDays: number): readonly DemoToken[] {
  const user = { owner: 'user', status: 'active', expiresOn: null } as const
  const account = { ...user, owner: 'account' } as const
  return [
    make('watch', { ...user, groups: reading }),
    // The account's own, so that it has a limit of its own: those of a person share one.
    make('act', { ...account, groups: ['Zero Trust Resilience Write'] }),
    make('both', { ...user, groups: [...reading, 'Zero Trust Resilience Write'] }),
    make('account', { ...account, groups: reading }),
    make('noAudit', { ...user, groups: ['Zero Trust Read'] }),
    make('noGroups', { ...user, groups: [] }),
    make('expiring', { ...user, groups: reading, expiresOn: now + expiringInDays * dayMs }),
    make('expired', { ...user, groups: reading, status: 'expired', expiresOn: now - dayMs }),
    make('disabled', { ...user, groups: reading, status: 'disabled' }),
  ]
}

/** A secret in the form of Cloudflare's: 40 letters, digits, "-" and "_". */
export function makeSecret(): string {
  return randomBytes(30).toString('base64url')
}

/** Whether a text has the form of a token. */
export function isTokenShaped(text: string): boolean {
  return /^[\w-]{40}$/.test(text)
}

/** The token of a secret, as it stands at a moment; undefined: no such token. */
export function findToken(tokens: readonly DemoToken[], secret: string, now: EpochMs): DemoToken | undefined {
  const token = tokens.find((one) => one.secret === secret)
  if (token?.expiresOn == null || now < token.expiresOn) return token
  return { ...token, status: 'expired' }
}

/** Whose limit a token's requests count against: a person's tokens share one, an account's have one each. */
export function limitOwner(token: DemoToken): string {
  return token.owner === 'user' ? 'user' : token.id
}

function make(role: DemoTokenRole, facts: Omit<DemoToken, 'role' | 'secret' | 'id' | 'name'>): DemoToken {
  return { role, secret: makeSecret(), id: randomBytes(16).toString('hex'), name: `fleetlight ${role}`, ...facts }
}
