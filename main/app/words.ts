import type { Reply } from '../../preload/contract.ts'
import { sayFailure } from '../engine/failure-words.ts'
import type { Failure } from '../engine/failure.ts'
import type { SecretFailure } from '../engine/ports.ts'

/** A refusal across the bridge: what happened, what it means, what to do. */
export function refuse(
  kind: string,
  message: string,
): { readonly ok: false; readonly kind: string; readonly message: string } {
  return { ok: false, kind, message }
}

export function answer<T>(value: T): Reply<T> {
  return { ok: true, value }
}

/** Why a token that was just typed could not be checked. */
export function explainCheck(failure: Failure): string {
  if (failure.kind === 'unauthorized') {
    return 'Cloudflare does not accept this token. It may be mistyped, expired, disabled or revoked, or belong to another account: check both, or make or roll a token in the dashboard and enter that.'
  }
  const isPassing = failure.kind === 'offline' || failure.kind === 'server' || failure.kind === 'timeout'
  return isPassing ? `${sayFailure(failure)} Nothing was kept: check the network, then try again.` : sayFailure(failure)
}

/** A keychain failure in words that say what to do. */
export function explainKeychain(failure: SecretFailure): string {
  return failure.kind === 'absent'
    ? `This machine offers no keychain (${failure.detail}). Fleetlight never writes a token to a file; it can hold it in memory until you quit.`
    : 'The keychain did not answer. It may be locked: unlock it and try again, or hold the token in memory until you quit.'
}

/** Why a token cannot be taken out of the keychain. */
export function explainKept(failure: SecretFailure): string {
  return failure.kind === 'absent'
    ? `The keychain cannot be used (${failure.detail}), so the tokens in it cannot be deleted. Nothing was forgotten: make it work, then try again.`
    : 'The keychain did not answer, so the tokens in it cannot be deleted. Nothing was forgotten: unlock it, then try again.'
}

/** Why a token that was entered before cannot be had now, at most 200 characters; `failure` null: there is none. */
export function explainMissingToken(failure: SecretFailure | null, heldIn: 'keychain' | 'memory'): string {
  if (heldIn === 'memory') return 'It was held in memory and is gone since Fleetlight quit. Enter it again in Settings.'
  switch (failure?.kind) {
    case undefined:
      return 'The keychain has no token for this connection. Enter it again in Settings.'
    case 'absent':
      return `No keychain can be used (${failure.detail.slice(0, 100)}). Enter it again in Settings to hold it in memory.`
    case 'silent':
      return 'The keychain did not answer; it may be locked. Unlock it, or enter the token again in Settings to hold it in memory.'
  }
}
