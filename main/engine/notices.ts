import type { ActivityEntry, Effect, Notice, Tone } from './events.ts'
import type { EpochMs } from './failure.ts'
import type { EngineState } from './state.ts'
import { boundText } from './wording.ts'

const titleLength = 80
const bodyLength = 300
const entryLength = 300

/** One line for the Activity view. */
export function note(at: EpochMs, kind: ActivityEntry['kind'], tone: Tone, text: string): Effect {
  return { type: 'recordActivity', entry: { at, kind, tone, text: boundText(text, entryLength) } }
}

/**
 * Tells a person of one event. While notifications are paused it is only written down, for a notice that comes late
 * would tell of a state that may be over.
 */
export function tell(state: EngineState, at: EpochMs, tone: Tone, notice: Notice): readonly Effect[] {
  const text = `${notice.title}. ${notice.body}`
  if (areNoticesPaused(state, at)) return [note(at, 'saw', tone, text)]
  const bounded = { ...notice, title: boundText(notice.title, titleLength), body: boundText(notice.body, bodyLength) }
  return [{ type: 'notify', notice: bounded }, note(at, 'told', tone, text)]
}

function areNoticesPaused({ notificationsPausedUntil: until }: EngineState, at: EpochMs): boolean {
  return until !== null && at < until
}
