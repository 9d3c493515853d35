import { z } from 'zod'

import type { Failure, Result } from '../engine/failure.ts'
import type { Converse } from './check.ts'
import type { Question } from './conversation.ts'
import { decode } from './decode.ts'
import type { Content } from './envelope.ts'
import { decodeFleet } from './fleet-decoding.ts'
import { decodeOverride } from './override-decoding.ts'
import { isRefused } from './token-verification.ts'

/** What a token can do, in the words of the one who reads it. */
export interface Capability {
  readonly name: 'fleet' | 'override' | 'switch' | 'devices' | 'settings' | 'audit'
  /** 'onlyByActing': nothing but the act itself can tell. */
  readonly can: 'yes' | 'no' | 'notKnown' | 'onlyByActing'
  readonly sentence: string
  /** The permission groups of which one is needed, as Cloudflare's dashboard names them. */
  readonly needs: string
}

interface Probe {
  readonly name: Exclude<Capability['name'], 'switch'>
  /** Completes "May ..." and "may not ...". */
  readonly does: string
  readonly needs: string
  readonly question: (accountId: string) => Question
  readonly decode: (content: Content) => Result<unknown>
}

/** Without these two there is nothing to watch. */
const minimum = new Set<Capability['name']>(['fleet', 'override'])

const listSchema = z.array(z.unknown())
const objectSchema = z.looseObject({})
/** The audit probe asks for the last hour only. */
const hourMs = 3_600_000

const switching: Capability = {
  name: 'switch',
  can: 'onlyByActing',
  sentence: 'May switch the Global WARP override',
  needs: 'Zero Trust Resilience Write',
}

function probes(now: number): readonly Probe[] {
  return [
    {
      name: 'fleet',
      does: 'read the status of the fleet',
      needs: 'Zero Trust Read, Zero Trust Report or Cloudflare DEX Read',
      question: (account_id) => (client) => client.zeroTrust.dex.fleetStatus.live({ account_id, since_minutes: 5 }),
      decode: ({ result }) => decodeFleet(result),
    },
    {
      name: 'override',
      does: 'read the Global WARP override',
      needs: 'Zero Trust Read or Zero Trust Resilience Read',
      question: (account_id) => (client) => client.zeroTrust.devices.resilience.globalWARPOverride.get({ account_id }),
      decode: decodeOverride,
    },
    {
      name: 'devices',
      does: 'list devices',
      needs: 'Zero Trust Read',
      question: (account_id) => (client) => client.zeroTrust.devices.devices.list({ account_id, per_page: 1 }),
      decode: ({ result }) => decode(listSchema, result, 'result'),
    },
    {
      name: 'settings',
      does: 'read the device settings',
      needs: 'Zero Trust Read',
      question: (account_id) => (client) => client.zeroTrust.devices.settings.get({ account_id }),
      decode: ({ result }) => decode(objectSchema, result, 'result'),
    },
    {
      name: 'audit',
      does: 'read the audit log, which tells who switched the override',
      needs: 'Account Settings Read',
      question: (account_id) => (client) => {
        const range = { since: new Date(now - hourMs).toISOString(), before: new Date(now).toISOString() }
        return client.accounts.logs.audit.list({ account_id, ...range, limit: 1 })
      },
      decode: ({ result }) => decode(listSchema, result, 'result'),
    },
  ]
}

/** A refusal of what is needed at least. `isForbidden`: a permission is missing, not a feature or the account. */
export interface Lack {
  /** Completes "may not ...". */
  readonly does: string
  readonly isForbidden: boolean
}

/** Tries each capability once. `unanswered`: the minimum could not be found out, for this reason. */
export async function probeCapabilities(converse: Converse, accountId: string, now: number) {
  const outcomes = await Promise.all(
    probes(now).map(async (probe) => {
      const content = await converse((conversation) => conversation.ask(probe.needs, probe.question(accountId)))
      const answer = content.ok ? probe.decode(content.value) : content
      return { probe, failure: answer.ok ? null : answer.failure }
    }),
  )
  const failed = outcomes.flatMap(({ probe, failure }) =>
    failure !== null && minimum.has(probe.name) ? [{ does: refusalOf(probe, failure), failure }] : [],
  )
  return {
    capabilities: withSwitching(outcomes.map(({ probe, failure }) => describe(probe, failure))),
    unanswered: failed.find(({ failure }) => !isRefused(failure))?.failure ?? null,
    lacking: failed.map(({ does, failure }): Lack => ({ does, isForbidden: failure.kind !== 'rejected' })),
  }
}

/** The same list without asking; `reason` says why nothing is known, such as "before an account is chosen". */
export function unprobedCapabilities(reason: string): readonly Capability[] {
  return withSwitching(
    probes(0).map(({ name, does, needs }) => {
      return { name, can: 'notKnown', sentence: `Whether it may ${does} is not known ${reason}`, needs }
    }),
  )
}

/** Switching stands behind reading the override, to which it belongs. */
function withSwitching(probed: readonly Capability[]): readonly Capability[] {
  return probed.flatMap((each) => (each.name === 'override' ? [each, switching] : [each]))
}

function describe(probe: Probe, failure: Failure | null): Capability {
  const { name, does, needs } = probe
  if (failure === null) return { name, can: 'yes', sentence: `May ${does}`, needs }
  // 400 and 404 are refusals too: a wrong account id, or Zero Trust is not enabled.
  if (isRefused(failure)) return { name, can: 'no', sentence: `May not ${refusalOf(probe, failure)}`, needs }
  return { name, can: 'notKnown', sentence: `Whether it may ${does} could not be found out: ${failure.detail}`, needs }
}

/** What is not a missing permission only Cloudflare's own words explain. */
function refusalOf({ does }: Probe, failure: Failure): string {
  return failure.kind === 'rejected' ? `${does} (Cloudflare says: ${failure.detail})` : does
}
