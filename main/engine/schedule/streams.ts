import type { ApiRequest, Call } from '../calls.ts'
import type { EpochMs, Failure } from '../failure.ts'
import { backOffMs, jitter } from './backoff.ts'
import { longestBeliefMs } from './governor-limits.ts'

/** What is asked of Cloudflare again and again, in the order in which it is served. */
export const streamNames = ['override', 'fleet', 'audit', 'verify', 'history'] as const
export type StreamName = (typeof streamNames)[number]
/** The two that everything shown rests on. */
export const coreStreams = ['override', 'fleet'] as const

/** A question whose answer is awaited. */
export interface InFlight {
  readonly callId: number
  readonly request: ApiRequest
  readonly askedAt: EpochMs
}

/** One line of questions. At most one of them is open at a time. */
export interface Stream {
  readonly inFlight: InFlight | null
  /** When it was last asked; null: never. */
  readonly askedAt: EpochMs | null
  /** In [0, 1): spreads the pause until the next question. */
  readonly random: number
  /** Not asked before this. */
  readonly notBefore: EpochMs
  /** Asked as soon as it may be, whatever its rhythm. */
  readonly isUrgent: boolean
  /** Failures in a row, and how many of them the back-off counts: a wake forgives, a success forgets. */
  readonly failures: number
  readonly backOff: number
  readonly failingSince: EpochMs | null
  readonly failure: Failure | null
}

export type Streams = Readonly<Record<StreamName, Stream>>

/** A call always ends within its deadline of 20 s; one that did not by then never will. */
export const callLostMs = 60_000
/** Not even what is urgent is asked more often. */
const shortestPauseMs = 1_000
/** After a wake the less urgent streams wait so long, that those which matter most have the wire for themselves. */
const courtesyMs = 5_000

const idle: Stream = {
  inFlight: null,
  askedAt: null,
  random: 0.5,
  notBefore: 0,
  isUrgent: false,
  failures: 0,
  backOff: 0,
  failingSince: null,
  failure: null,
}

export function startStreams(): Streams {
  return { override: idle, fleet: idle, audit: idle, verify: idle, history: idle }
}

/** When a stream of this rhythm is to be asked next; null while an answer is awaited. */
export function dueAt(stream: Stream, rhythmMs: number): EpochMs | null {
  const { inFlight, askedAt, notBefore, isUrgent, backOff, random } = stream
  if (inFlight !== null) return null
  if (askedAt === null) return notBefore
  const pause = isUrgent ? shortestPauseMs : jitter(backOff === 0 ? rhythmMs : backOffMs(backOff, rhythmMs), random)
  return Math.max(askedAt + pause, notBefore)
}

/** Whether it is to be asked now. A question from the future was asked before the clock was put back. */
export function isDue(stream: Stream, rhythmMs: number, at: EpochMs): boolean {
  const due = dueAt(stream, rhythmMs)
  return due !== null && (due <= at || (stream.askedAt !== null && stream.askedAt > at))
}

export function ask(stream: Stream, { id, request }: Call, random: number, at: EpochMs): Stream {
  const inFlight = { callId: id, request, askedAt: at }
  return { ...stream, inFlight, askedAt: at, random, notBefore: 0, isUrgent: false }
}

/** The answer came and could be used. */
export function succeeded(stream: Stream): Stream {
  return { ...stream, inFlight: null, failures: 0, backOff: 0, failingSince: null, failure: null }
}

/** The answer could not be used, or did not come. After a 429 nothing is asked before Cloudflare said. */
export function failed(stream: Stream, failure: Failure, at: EpochMs): Stream {
  return {
    ...stream,
    inFlight: null,
    failures: stream.failures + 1,
    backOff: stream.backOff + 1,
    failingSince: Math.min(stream.failingSince ?? at, at),
    failure,
    notBefore: failure.kind === 'rateLimited' ? Math.min(failure.until, at + longestBeliefMs) : stream.notBefore,
  }
}

/** Asks as soon as it may be. */
export function urge(stream: Stream): Stream {
  return { ...stream, isUrgent: true, backOff: 0, notBefore: 0 }
}

/**
 * After a wake: the override first, then the fleet, the rest a little later. When the machine slept, answers to what was
 * asked before are not awaited any more, and the time it slept does not count as failing.
 */
export function hurry(streams: Streams, at: EpochMs, hasSlept: boolean): Streams {
  const freshen = (stream: Stream): Stream => {
    const { inFlight, failingSince } = stream
    const awaited = hasSlept ? null : inFlight
    return {
      ...stream,
      inFlight: awaited,
      failingSince: hasSlept && failingSince !== null ? at : failingSince,
      backOff: 0,
    }
  }
  const later = (stream: Stream): Stream => ({
    ...freshen(stream),
    notBefore: Math.max(stream.notBefore, at + courtesyMs),
  })
  return {
    override: urge(freshen(streams.override)),
    fleet: urge(freshen(streams.fleet)),
    audit: later(streams.audit),
    verify: later(streams.verify),
    history: hasSlept ? { ...later(streams.history), isUrgent: true } : later(streams.history),
  }
}
