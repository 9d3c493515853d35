/** A moment as milliseconds since 1970-01-01 UTC. */
export type EpochMs = number

/**
 * Why a call, a write or a read did not work. The kind decides wording and what happens next; `detail` is for a
 * person, at most 200 characters, and never holds a secret.
 */
export type Failure =
  /** No network, name not resolved, connection refused or cut before anything was answered. */
  | { readonly kind: 'offline'; readonly detail: string }
  /** The token is malformed, unknown, revoked, disabled or expired. */
  | { readonly kind: 'unauthorized'; readonly detail: string }
  /** The token is good but lacks a permission; `scope` names the permission group that is needed. */
  | { readonly kind: 'forbidden'; readonly scope: string; readonly detail: string }
  /** Cloudflare answered 429; nothing is sent on this token before `until`. */
  | { readonly kind: 'rateLimited'; readonly until: EpochMs; readonly detail: string }
  /** The answer was not what we rely on; `path` says where it differs. */
  | { readonly kind: 'badShape'; readonly path: string; readonly detail: string }
  /** Cloudflare said that the request itself is wrong (400, 404, 409, 422 ...). */
  | { readonly kind: 'rejected'; readonly status: number; readonly detail: string }
  /** Cloudflare failed (5xx). */
  | { readonly kind: 'server'; readonly status: number; readonly detail: string }
  /** No whole answer within the deadline. Whether the request was carried out is not known. */
  | { readonly kind: 'timeout'; readonly detail: string }
  /** The token could not be had: the keychain is absent, locked, silent, or has no such entry. */
  | { readonly kind: 'noToken'; readonly detail: string }
  /** The intent could not be written to the ledger, so nothing was sent; `detail` says what to do. */
  | { readonly kind: 'notRecorded'; readonly detail: string }

export type FailureKind = Failure['kind']

export type Result<T, F = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure }
}
