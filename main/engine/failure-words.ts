import type { Failure } from './failure.ts'

/** A failure in a sentence for a person: what happened, then what to do where something can be done. */
export function sayFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return 'Cloudflare could not be reached from this machine.'
    case 'unauthorized':
      return 'Cloudflare does not accept the token. Replace it in Settings.'
    case 'forbidden':
      return `The token lacks a permission: it needs "${failure.scope}". Add it in Cloudflare's dashboard.`
    case 'rateLimited':
      return "Cloudflare's limit for this token is used up by everyone who uses it. Wait up to 5 minutes."
    case 'badShape':
      return `Cloudflare's answer was not what Fleetlight relies on (at ${failure.path}).`
    case 'rejected':
      return `Cloudflare refused the request (${String(failure.status)}): ${failure.detail}`
    case 'server':
      return `Cloudflare failed (${String(failure.status)}).`
    case 'timeout':
      return 'Cloudflare did not answer in time.'
    case 'noToken':
      return `The token could not be had. ${failure.detail}`
    case 'notRecorded':
      return `It could not be written to the ledger, so it was not sent. ${failure.detail}`
  }
}
