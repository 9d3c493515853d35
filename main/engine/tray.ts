import { faceNames } from './face.ts'
import type { EpochMs } from './failure.ts'
import type { Snapshot } from './snapshot.ts'
import {
  actEntries,
  boundedAge,
  coarseSpan,
  figureEntries,
  incidentEntries,
  lineEntry,
  pauseEntry,
} from './tray-entries.ts'
import type { TrayEntry, TrayPicture } from './tray-picture.ts'
import { boundText } from './wording.ts'

const tooltipLength = 127
const separator: TrayEntry = { kind: 'separator' }
const openEntry: TrayEntry = { kind: 'command', label: 'Open Fleetlight', command: { name: 'open', view: null } }
const quitEntry: TrayEntry = { kind: 'command', label: 'Quit', command: { name: 'quit' } }

/** What the tray shows of a snapshot at a moment, which may be later than the snapshot's own. */
export function describeTray(snapshot: Snapshot, at: EpochMs): TrayPicture {
  const { face, connection } = snapshot
  const isDemo = connection?.isDemo ?? false
  const sentence = isDemo ? `Demo: ${face.sentence}` : face.sentence
  const known = connection === null ? [] : [...figureEntries(snapshot, at), ...incidentEntries(snapshot, at)]
  const acts = connection === null ? [] : [separator, ...actEntries(snapshot)]
  const pause = connection === null ? [] : [pauseEntry(snapshot, at)]
  return {
    icon: { face: face.name, isStale: face.isStale && face.name !== 'stale', isDemo },
    tooltip: tooltipOf(sentence, connection === null ? null : describeAge(snapshot, at)),
    menu: [lineEntry(sentence, null), ...known, ...acts, separator, openEntry, ...pause, separator, quitEntry],
  }
}

/** What the tray shows before anything is known. */
export function describeStart(): TrayPicture {
  const sentence = 'Fleetlight is starting'
  return {
    icon: { face: 'unknown', isStale: false, isDemo: false },
    tooltip: sentence,
    menu: [lineEntry(sentence, null), separator, openEntry, separator, quitEntry],
  }
}

/**
 * What the tray shows when the rest of the app gave it nothing for `silentMs`. A face that stands above stale still
 * holds and takes the stale mark; any other could comfort, and gives way to stale.
 */
export function describeSilence(last: TrayPicture | null, silentMs: number): TrayPicture {
  const sentence = `Fleetlight has shown nothing new for ${coarseSpan(silentMs)}: what it said is old`
  const held = last !== null && faceNames.indexOf(last.icon.face) < faceNames.indexOf('stale') ? last.icon.face : null
  return {
    icon: { face: held ?? 'stale', isStale: held !== null, isDemo: last?.icon.isDemo ?? false },
    tooltip: tooltipOf(sentence, held === 'override-on' ? 'When last read, the override was on' : null),
    menu: [
      lineEntry(sentence, null),
      { kind: 'text', label: 'If this stays, quit and start it again' },
      ...(last === null ? [] : [{ kind: 'text', label: `Last: ${headOf(last)}` } as const]),
      separator,
      openEntry,
      separator,
      quitEntry,
    ],
  }
}

/** The age of the older of the two readings that a face rests on. */
function describeAge({ override, fleet }: Snapshot, at: EpochMs): string {
  const ages = [override.asOf, fleet?.asOf ?? null].filter((asOf) => asOf !== null)
  return ages.length === 0 ? 'Nothing read yet' : `Read ${boundedAge(at - Math.min(...ages))}`
}

/** The sentence gives way when both do not fit: the age is what keeps it honest. */
function tooltipOf(sentence: string, second: string | null): string {
  if (second === null) return boundText(sentence, tooltipLength)
  return `${boundText(sentence, tooltipLength - second.length - 1)}\n${second}`
}

function headOf({ menu }: TrayPicture): string {
  const head = menu[0]
  return head === undefined || head.kind === 'separator' ? '' : head.label
}
