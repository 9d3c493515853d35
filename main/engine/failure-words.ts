import type { Failure } from './failure.ts'
import { boundText } from './wording.ts'

const detailLength = 120

/** A failure in a sentence or two for a person: what happened, then what to do where something can be done. */
export function sayFailure(failure: Failure): string {
  const detail = boundText(failure.detail, detailLength)
  const because = detail === '' ? '' : ` (${detail})`
  switch (failure.kind) {
    case 'offline':
      return `Cloudflare could not be reached from this machine${because}.`
    case 'unauthorized':
      return `Cloudflare does not accept the token${because}. Replace it in Settings.`
    case 'forbidden':
      return `The token lacks a permission${because}: it needs "${failure.scope}". Add it in Cloudflare's dashboard.`
    case 'rateLimited':
      return `Cloudflare's limit for this token is used up by everyone who uses it${because}. Wait up to 5 minutes.`
    case 'badShape':
      return `Cloudflare's answer was not what Fleetlight relies on, at ${failure.path}${because}.`
    case 'rejected':
      return `Cloudflare refused the request with ${String(failure.status)}${because}.`
    case 'server':
      return `Cloudflare failed with ${String(failure.status)}${because}.`
    case 'timeout':
      return `Cloudflare did not answer in time${because}.`
    case 'noToken':
      return `The token could not be had. ${failure.detail}`
    case 'notRecorded':
      return `It could not be written to the ledger, so it was not sent. ${failure.detail}`
  }
}
