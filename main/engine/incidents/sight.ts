import type { Notice } from '../events.ts'
import type { EpochMs, Failure } from '../failure.ts'
import { sayFailure } from '../failure-words.ts'
import { tell } from '../notices.ts'
import { coreStreams } from '../schedule/streams.ts'
import type { Stream } from '../schedule/streams.ts'
import type { EngineState } from '../state.ts'
import { inOrder, rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { spanOf } from '../wording.ts'
import type { Incident } from './incident.ts'
import { incidentId } from './incident-id.ts'
import { closeIncident, incidentOf, putIncident } from './incidents.ts'

type Kind = Exclude<Incident['kind'], 'fleetDrop'>

/** A stream that cannot be read, and why. */
interface Failing {
  readonly name: (typeof coreStreams)[number]
  readonly failure: Failure
  readonly since: EpochMs
  readonly isLong: boolean
}

/** How long Cloudflare must fail before that is told. */
const unreachableMs = 300_000
/** One refusal may be Cloudflare's own hiccup; two in a row of the same question are meant. */
const refusalsTold = 2

/** Our sight of the account: an incident for what keeps us from reading, from its onset until it can be read again. */
export function watchSight(state: EngineState, at: EpochMs): Turn {
  if (state.machine.asleepSince !== null) return rest(state)
  return inOrder(
    state,
    (each) => watch(each, 'tokenRefused', at),
    (each) => watch(each, 'unreachable', at),
  )
}

/** Opens an incident once one stream has failed long enough; any that fails in that way keeps it open. */
function watch(state: EngineState, kind: Kind, at: EpochMs): Turn {
  const failing = failingIn(state, kind, at)
  const before = incidentOf(state, kind)
  const [first] = failing
  if (first === undefined) return before === null ? rest(state) : close(state, before, at)
  if (before === null && !failing.some(({ isLong }) => isLong)) return rest(state)
  const since = before?.since ?? Math.min(...failing.map((each) => each.since))
  const isTotal = failing.length === coreStreams.length
  const failure = reasonOf(state, kind, first.failure)
  const incident: Incident = {
    id: before?.id ?? incidentId(kind, since),
    kind,
    severity: isTotal ? 'critical' : 'degraded',
    count: 0,
    since,
    expected: null,
    sentence: `${sayCause(failure)}: ${isTotal ? 'nothing can be read' : `the ${first.name} cannot be read`}`,
  }
  const next = putIncident(state, incident)
  return before === null ? rest(next, ...tell(next, at, incident.severity, onset(incident, failure, at))) : rest(next)
}

function failingIn({ streams }: EngineState, kind: Kind, at: EpochMs): readonly Failing[] {
  return coreStreams.flatMap((name) => {
    const { failure, failures, failingSince }: Stream = streams[name]
    if (failure === null || failingSince === null || kindOf(failure) !== kind) return []
    const isLong = kind === 'tokenRefused' ? failures >= refusalsTold : at - failingSince >= unreachableMs
    return [{ name, failure, since: failingSince, isLong }]
  })
}

function kindOf({ kind }: Failure): Kind {
  return kind === 'unauthorized' || kind === 'forbidden' || kind === 'noToken' ? 'tokenRefused' : 'unreachable'
}

/** Cloudflare answers alike to a bad token and to one that lacks a permission: what verifying said decides. */
function reasonOf({ streams }: EngineState, kind: Kind, failure: Failure): Failure {
  const verdict = streams.verify.failure
  return kind === 'tokenRefused' && verdict?.kind === 'unauthorized' ? verdict : failure
}

function sayCause(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
    case 'timeout':
      return 'Cloudflare cannot be reached'
    case 'server':
      return 'Cloudflare fails'
    case 'rateLimited':
      return "Cloudflare's limit for the token is used up"
    case 'badShape':
    case 'rejected':
    case 'notRecorded':
      return "Cloudflare's answers cannot be used"
    case 'unauthorized':
      return 'Cloudflare refuses the token'
    case 'forbidden':
      return `The token lacks "${failure.scope}"`
    case 'noToken':
      return 'The token cannot be had from the keychain'
  }
}

function onset({ id, kind, sentence, since }: Incident, failure: Failure, at: EpochMs): Notice {
  const isToken = kind === 'tokenRefused'
  return {
    key: `${isToken ? 'token-refused' : 'unreachable'}:${id}`,
    urgency: 'critical',
    title: isToken ? sentence : `${sentence}, for ${spanOf(at - since)}`,
    body: `${sayFailure(failure)} What is shown gets older, and a switch from here may fail too. ${id}`,
    opens: isToken ? 'settings' : 'overview',
  }
}

function close(state: EngineState, { id, kind, since }: Incident, at: EpochMs): Turn {
  const next = closeIncident(state, kind)
  // Failing in another way is no recovery: that has an incident of its own.
  if (coreStreams.some((name) => state.streams[name].failure !== null)) return rest(next)
  return rest(
    next,
    ...tell(next, at, 'well', {
      key: `recovered:${id}`,
      urgency: 'normal',
      title: kind === 'unreachable' ? 'Cloudflare can be read again' : 'Cloudflare takes the token again',
      body: `${id} is over after ${spanOf(at - since)}. Override and fleet are read again`,
      opens: 'overview',
    }),
  )
}
