import type { Failure } from '../../main/engine/failure.ts'
import { formatClock } from './times.ts'

/** A failure as a sentence for a person: what happened, then what to do where something can be done. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return 'Cloudflare could not be reached from this machine. Fleetlight tries again by itself.'
    case 'unauthorized':
      return 'Cloudflare does not accept the token any more. Replace it in Settings.'
    case 'forbidden':
      return `The token lacks a permission. Add “${failure.scope}” to it in Cloudflare's dashboard, or replace it in Settings.`
    case 'rateLimited':
      return `Cloudflare's limit for this token is used up. Nothing is sent before ${formatClock(failure.until, true)}.`
    case 'badShape':
      return `Cloudflare's answer was not what Fleetlight relies on (at ${failure.path}), so it was not used.`
    case 'rejected':
      return `Cloudflare said that the request is wrong (${failure.status}): ${failure.detail}`
    case 'server':
      return `Cloudflare failed (${failure.status}). Fleetlight tries again by itself.`
    case 'timeout':
      return 'Cloudflare did not answer in time. Fleetlight tries again by itself.'
    case 'noToken':
      return `The token could not be had from the keychain: ${failure.detail}`
    case 'notRecorded':
      return `It could not be written to the ledger, so it was not sent. ${failure.detail}`
  }
}
