import type { ViewName } from './events.ts'
import type { EpochMs } from './failure.ts'
import type { Direction } from './model.ts'
import type { OverrideIntent } from './override/act.ts'
import type { Snapshot } from './snapshot.ts'
import type { TrayEntry } from './tray-picture.ts'
import { boundText, countOf, spanOf } from './wording.ts'

const minuteMs = 60_000
/** The tray is drawn at least this often. */
const redrawMs = 10_000
const labelLength = 100
const incidentsShown = 3

/** A line to be read, which leads to where there is more of it: a menu greys what does nothing. */
export function lineEntry(label: string, view: ViewName | null): TrayEntry {
  return { kind: 'command', label: boundText(label, labelLength), command: { name: 'open', view } }
}

/** The fleet's and the override's figures, each with its age. */
export function figureEntries(snapshot: Snapshot, at: EpochMs): TrayEntry[] {
  const intent = describeIntent(snapshot.override.intent)
  return [
    lineEntry(fleetLine(snapshot, at), 'overview'),
    lineEntry(overrideLine(snapshot, at), 'override'),
    ...(intent === null ? [] : [lineEntry(intent, 'override')]),
  ]
}

/** The worst incidents. */
export function incidentEntries({ incidents }: Snapshot, at: EpochMs): TrayEntry[] {
  if (incidents.length === 0) return []
  const entries = incidents
    .slice(0, incidentsShown)
    .map(({ sentence, since }) =>
      lineEntry(`${boundText(sentence, labelLength - 20)}, for ${coarseSpan(at - since)}`, 'overview'),
    )
  const more = incidents.length - entries.length
  if (more > 0) entries.push(lineEntry(`and ${more} more`, 'overview'))
  return [{ kind: 'separator' }, ...entries]
}

/** What can be switched. Unknown offers both ways, for either may be what is needed; an observer is told what it lacks. */
export function actEntries({ connection, override }: Snapshot): TrayEntry[] {
  if (connection?.actsWith === 'none') {
    return [lineEntry('Observer: without an act token nothing can be switched here', 'settings')]
  }
  const entries: TrayEntry[] = []
  if (override.state !== 'on') entries.push(actEntry('disconnect', 'Emergency disconnect...'))
  if (override.state !== 'off') entries.push(actEntry('reconnect', 'Reconnect...'))
  return entries
}

/** The pause of notifications, or its end. */
export function pauseEntry({ notificationsPausedUntil: until }: Snapshot, at: EpochMs): TrayEntry {
  const pauses: TrayEntry[] = (['30 minutes', '2 hours', 'morning'] as const).map((length) => ({
    kind: 'command',
    label: length === 'morning' ? 'Until morning' : `For ${length}`,
    command: { name: 'pauseNotifications', until: length },
  }))
  if (until === null || until <= at) return { kind: 'submenu', label: 'Pause notifications', entries: pauses }
  const resume: TrayEntry = {
    kind: 'command',
    label: 'Resume now',
    command: { name: 'pauseNotifications', until: null },
  }
  const left = `Notifications paused, ${coarseSpan(until - at)} left`
  return { kind: 'submenu', label: left, entries: [resume, { kind: 'separator' }, ...pauses] }
}

function fleetLine({ fleet }: Snapshot, at: EpochMs): string {
  if (fleet === null) return 'Devices: not read yet'
  const counts = `${countOf(fleet.connected)} of ${countOf(fleet.total)} connected in ${fleet.windowMinutes} min`
  const expected = fleet.expected === null ? '' : `, ${countOf(fleet.expected)} expected`
  return `${counts}${expected}, read ${boundedAge(at - fleet.asOf)}`
}

function overrideLine({ override: { state, asOf } }: Snapshot, at: EpochMs): string {
  if (asOf === null) return 'Override unknown, never read'
  const read = `read ${boundedAge(at - asOf)}`
  return state === 'unknown' ? `Override unknown, last ${read}` : `Override ${state}, ${read}`
}

/** What we are about to do or did, as long as it is not over. */
function describeIntent(intent: OverrideIntent): string | null {
  switch (intent.kind) {
    case 'none':
    case 'settled':
      return null
    case 'confirming':
      return `${verbOf(intent.direction)}: waiting for you to confirm`
    case 'sending':
      return `${verbOf(intent.act.direction)}: sending`
    case 'unconfirmed':
      return `${verbOf(intent.act.direction)}: not confirmed, reading until it is known`
    case 'converging':
      return `${verbOf(intent.act.direction)}: confirmed, devices follow for up to 10 min`
    case 'refused':
      return `${verbOf(intent.act.direction)}: refused, nothing was switched`
  }
}

function verbOf(direction: Direction): string {
  return direction === 'disconnect' ? 'Disconnect' : 'Reconnect'
}

function actEntry(direction: Direction, label: string): TrayEntry {
  return { kind: 'command', label, command: { name: 'openConfirmation', direction } }
}

/**
 * How old a reading is at most until the tray is drawn again. Whole minutes: where tooltip or menu change, Linux hosts
 * make an open menu anew, so they change no oftener than a reader needs. Rounded up: old must not look newer.
 */
export function boundedAge(ms: number): string {
  const bound = ms + redrawMs
  if (bound <= minuteMs) return 'less than 60 s ago'
  return bound < 90 * minuteMs ? `less than ${Math.ceil(bound / minuteMs)} min ago` : `${spanOf(ms)} ago`
}

/** How long something lasts, in whole minutes. */
export function coarseSpan(ms: number): string {
  if (ms < minuteMs) return 'less than 1 min'
  return ms < 90 * minuteMs ? `${Math.floor(ms / minuteMs)} min` : spanOf(ms)
}
