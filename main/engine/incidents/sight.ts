import type { EpochMs, Failure } from '../failure.ts'
import { sayFailure } from '../failure-words.ts'
import { tell } from '../notices.ts'
import type { Notice } from '../events.ts'
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

/** How long Cloudflare must fail before that is told. */
const unreachableMs = 300_000
/** One refusal may be Cloudflare's own hiccup; two in a row of the same question are meant. */
const refusalsTold = 2

interface Trouble {
  readonly since: EpochMs
  readonly failure: Failure
  /** Neither the override nor the fleet can be read. */
  readonly isTotal: boolean
  readonly lacks: string
}

/** Our sight of the account: an incident for what keeps us from reading, from its onset until it can be read again. */
export function watchSight(state: EngineState, at: EpochMs): Turn {
  if (state.machine.asleepSince !== null) return rest(state)
  return inOrder(
    state,
    (each) => watch(each, 'tokenRefused', ({ failures }) => failures >= refusalsTold, at),
    (each) => watch(each, 'unreachable', ({ failingSince }) => at - (failingSince ?? at) >= unreachableMs, at),
  )
}

/** `isTold`: whether a failing stream is reason enough to open the incident. Any reason keeps it open. */
function watch(state: EngineState, kind: Kind, isTold: (stream: Stream) => boolean, at: EpochMs): Turn {
  const failing = coreStreams.filter((name) => {
    const { failure } = state.streams[name]
    return failure !== null && kindOf(failure) === kind
  })
  const before = incidentOf(state, kind)
  if (failing.length === 0) return before === null ? rest(state) : close(state, before, at)
  if (before === null && !failing.some((name) => isTold(state.streams[name]))) return rest(state)
  const trouble = describe(state, failing)
  const incident: Incident = {
    id: before?.id ?? incidentId(kind, trouble.since),
    kind,
    severity: trouble.isTotal ? 'critical' : 'degraded',
    count: 0,
    since: before?.since ?? trouble.since,
    expected: null,
    sentence: sentenceOf(kind, trouble),
  }
  const next = putIncident(state, incident)
  return before === null ? rest(next, ...tell(next, at, incident.severity, onset(incident, trouble, at))) : rest(next)
}

function kindOf({ kind }: Failure): Kind {
  return kind === 'unauthorized' || kind === 'forbidden' || kind === 'noToken' ? 'tokenRefused' : 'unreachable'
}

function describe({ streams }: EngineState, failing: readonly (typeof coreStreams)[number][]): Trouble {
  const troubled = failing.map((name) => streams[name])
  const since = Math.min(...troubled.map(({ failingSince }) => failingSince ?? Infinity))
  const verdict = streams.verify.failure?.kind === 'unauthorized' ? streams.verify.failure : null
  const failure = verdict ?? troubled[0]?.failure ?? { kind: 'timeout', detail: '' }
  const isTotal = failing.length === coreStreams.length
  return { since, failure, isTotal, lacks: isTotal ? 'nothing' : failing[0] === 'fleet' ? 'the fleet' : 'the override' }
}

function sentenceOf(kind: Kind, { failure, isTotal, lacks }: Trouble): string {
  const what = isTotal ? 'nothing can be read' : `${lacks} cannot be read`
  if (kind === 'unreachable') {
    if (failure.kind === 'rateLimited') return `Cloudflare's limit for the token is used up: ${what}`
    return isTotal ? 'Cloudflare cannot be reached: nothing can be read' : `Cloudflare fails to answer: ${what}`
  }
  if (failure.kind === 'forbidden') return `The token lacks "${failure.scope}": ${what}`
  return failure.kind === 'noToken'
    ? `The token cannot be had from the keychain: ${what}`
    : `Cloudflare refuses the token: ${what}`
}

function onset({ id, kind, sentence, since }: Incident, { failure }: Trouble, at: EpochMs): Notice {
  const isToken = kind === 'tokenRefused'
  return {
    key: `${isToken ? 'token-refused' : 'unreachable'}:${id}`,
    urgency: 'critical',
    title: isToken ? sentence : `${sentence}, for ${spanOf(at - since)}`,
    body: `${sayFailure(failure)} What is shown gets older; the override cannot be switched from here either. ${id}`,
    opens: isToken ? 'settings' : 'overview',
  }
}

function close(state: EngineState, { id, kind, since }: Incident, at: EpochMs): Turn {
  const next = closeIncident(state, kind)
  return rest(
    next,
    ...tell(next, at, 'well', {
      key: `recovered:${id}`,
      urgency: 'normal',
      title: kind === 'unreachable' ? 'Cloudflare answers again' : 'Cloudflare takes the token again',
      body: `${id} is over after ${spanOf(at - since)}. Override and fleet are read again`,
      opens: 'overview',
    }),
  )
}
