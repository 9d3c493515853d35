import type { Failure } from '../../main/engine/failure.ts'
import { formatClock } from './times.ts'

/** A failure of a reading as sentences for a person: what happened, then what comes of it or what to do. */
export function describeFailure(failure: Failure): string {
  return isTriedAgain(failure) ? `${happened(failure)} Fleetlight tries again by itself.` : describeActFailure(failure)
}

/** The same of an act, which is never tried again by itself. */
export function describeActFailure(failure: Failure): string {
  const remedy = remedyOf(failure)
  return remedy === '' ? happened(failure) : `${happened(failure)} ${remedy}`
}

function isTriedAgain({ kind }: Failure): boolean {
  return kind === 'offline' || kind === 'server' || kind === 'timeout'
}

function happened(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return 'Cloudflare could not be reached from this machine.'
    case 'unauthorized':
      return 'Cloudflare does not accept the token any more.'
    case 'forbidden':
      return 'The token lacks a permission.'
    case 'rateLimited':
      return 'Cloudflare’s limit for this token is used up.'
    case 'badShape':
      return `Cloudflare’s answer was not what Fleetlight relies on (at ${failure.path}), so it was not used.`
    case 'rejected':
      return `Cloudflare said that the request is wrong (${failure.status}): ${failure.detail}`
    case 'server':
      return `Cloudflare failed (${failure.status}).`
    case 'timeout':
      return 'No answer came from Cloudflare in time.'
    case 'noToken':
      return `The token could not be had from the keychain: ${failure.detail}`
    case 'notRecorded':
      return `It could not be written to the ledger, so it was not sent. ${failure.detail}`
  }
}

/** Empty: there is nothing that a person could do. */
function remedyOf(failure: Failure): string {
  switch (failure.kind) {
    case 'unauthorized':
      return 'Replace it in Settings.'
    case 'forbidden':
      return `Add “${failure.scope}” to it in Cloudflare’s dashboard, or replace it in Settings.`
    case 'rateLimited':
      return `Nothing is sent before ${formatClock(failure.until, true)}.`
    case 'noToken':
      return 'Unlock the keychain, or enter the token again in Settings.'
    case 'offline':
    case 'badShape':
    case 'rejected':
    case 'server':
    case 'timeout':
    case 'notRecorded':
      return ''
  }
}
