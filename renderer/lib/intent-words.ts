import type { Convergence } from '../../main/engine/snapshot.ts'
import type { OverrideIntent } from '../../main/engine/override/act.ts'
import type { Direction } from '../../main/engine/model.ts'
import { describeActFailure } from './failure-words.ts'
import type { ShapeName } from './shapes.ts'
import { formatDuration, formatMoment } from './times.ts'

/** What we mean to do with the override, in words. */
export interface IntentWords {
  readonly shape: ShapeName
  readonly title: string
  readonly text: string
  /** How far along the path it is: an index into `intentSteps`; null: on no path. */
  readonly step: number | null
  /** It did not go as it was meant to, and a person has to know at once. */
  readonly isTrouble: boolean
}

/** The path of every act. */
export const intentSteps = ['Confirmed', 'Recorded and sent', 'Seen in a reading', 'Devices follow', 'Settled'] as const

const verbs: Record<Direction, { readonly noun: string; readonly done: string }> = {
  disconnect: { noun: 'disconnect', done: 'on' },
  reconnect: { noun: 'reconnect', done: 'off' },
}

/** The state of the intent for a person; null: nothing is meant. */
export function describeIntent(intent: OverrideIntent, now: number): IntentWords | null {
  switch (intent.kind) {
    case 'none':
      return null
    case 'confirming':
      return {
        shape: 'information',
        title: `The window to confirm a ${verbs[intent.direction].noun} is open`,
        text: `Since ${formatMoment(intent.openedAt, now)}. Nothing has been recorded or sent.`,
        step: 0,
        isTrouble: false,
      }
    case 'sending':
      return {
        shape: 'information',
        title: `Sending the ${verbs[intent.act.direction].noun}`,
        text:
          intent.callId === null
            ? 'It is being written to the ledger; only then is it sent, once.'
            : 'It is in the ledger and on its way, once. The answer is awaited.',
        step: 1,
        isTrouble: false,
      }
    case 'unconfirmed':
      return {
        shape: 'unknown',
        title: `Unconfirmed: the ${verbs[intent.act.direction].noun} may or may not have been carried out`,
        text: `${describeCause(intent.cause)} For ${formatDuration(now - intent.since)} the override has been read back until that is known. It is not sent again.`,
        step: 1,
        isTrouble: true,
      }
    case 'converging':
      return {
        shape: 'override',
        title:
          intent.act.direction === 'disconnect'
            ? 'The override is on; the devices drop'
            : 'The override is off; the devices come back',
        text: `Seen by reading ${formatDuration(now - intent.since)} ago. Clients follow within seconds to 10 minutes.`,
        step: 3,
        isTrouble: false,
      }
    case 'settled':
      return describeSettled(intent, now)
    case 'refused':
      return {
        shape: 'degraded',
        title: `The ${verbs[intent.act.direction].noun} was refused; nothing was switched`,
        text: `${describeActFailure(intent.failure)} The attempt is in the ledger, ${formatMoment(intent.at, now)}.`,
        step: null,
        isTrouble: true,
      }
  }
}

/** How long an act that came to nothing stands where everybody looks, after its end. */
const lingersMs = 30 * 60_000

/** The intent as long as it matters to someone who did not ask for it: null when nothing is meant, done, or long past. */
export function describeOpenIntent(intent: OverrideIntent, now: number): IntentWords | null {
  const isOver = intent.kind === 'refused' || intent.kind === 'settled'
  const isDone = intent.kind === 'settled' && intent.outcome === 'done'
  return isDone || (isOver && now - intent.at > lingersMs) ? null : describeIntent(intent, now)
}

function describeSettled(intent: Extract<OverrideIntent, { kind: 'settled' }>, now: number): IntentWords {
  const { direction } = intent.act
  const when = formatMoment(intent.at, now)
  if (intent.outcome === 'contradicted')
    return {
      shape: 'critical',
      title: `The ${verbs[direction].noun} did not hold: a reading shows the opposite`,
      text: `Read at ${when}. Either it was not carried out or someone switched it back.`,
      step: null,
      isTrouble: true,
    }
  return {
    shape: direction === 'disconnect' ? 'override' : 'well',
    title: `Done: the override is ${verbs[direction].done}`,
    text: `Settled at ${when}.`,
    step: 4,
    isTrouble: false,
  }
}

function describeCause(cause: Extract<OverrideIntent, { kind: 'unconfirmed' }>['cause']): string {
  return cause.kind === 'crash' ? 'Fleetlight ended in the middle of the act.' : describeActFailure(cause)
}

/** How far the devices have followed a switch, 0..1; null: not known. */
export function progressOf(convergence: Convergence): number | null {
  const { connectedBefore: before, connectedNow: now, direction } = convergence
  if (before === null || now === null || before <= 0) return null
  if (direction === 'reconnect') return null
  return Math.min(1, Math.max(0, (before - now) / before))
}
