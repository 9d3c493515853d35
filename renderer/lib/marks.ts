import type { ActivityEntry } from '../../main/engine/events.ts'
import type { EpochMs } from '../../main/engine/failure.ts'
import type { Snapshot } from '../../main/engine/snapshot.ts'
import type { Span } from './chart-model.ts'
import type { ShapeName } from './shapes.ts'
import { parseTimestamp } from './times.ts'

/** Something that happened, above the chart at its moment. */
export interface Mark {
  readonly at: EpochMs
  readonly shape: ShapeName
  readonly sentence: string
}

/** Marks that would be drawn on top of each other, as one. */
export interface MarkGroup {
  readonly at: EpochMs
  readonly shape: ShapeName
  readonly marks: readonly Mark[]
}

const urgency: readonly ShapeName[] = ['override', 'critical', 'degraded']

/**
 * Incidents and switches of the override within a span, oldest first: open ones from the snapshot, earlier ones from
 * the activity that is at hand.
 */
export function findMarks(snapshot: Snapshot, activity: readonly ActivityEntry[], span: Span): Mark[] {
  const marks: Mark[] = []
  const open = new Set(snapshot.incidents.map(({ sentence }) => sentence))
  for (const entry of activity) {
    const isEvent = entry.tone === 'override' || entry.tone === 'critical' || entry.tone === 'degraded'
    if (isEvent && entry.kind !== 'told' && !open.has(entry.text))
      marks.push({ at: entry.at, shape: entry.tone, sentence: entry.text })
  }
  for (const incident of snapshot.incidents)
    marks.push({ at: incident.since, shape: incident.severity, sentence: incident.sentence })
  const switched = parseTimestamp(snapshot.override.timestamp)
  if (switched !== null && snapshot.override.state !== 'unknown')
    marks.push({ at: switched, shape: 'override', sentence: `Override switched ${snapshot.override.state}` })
  return marks.filter(({ at }) => at >= span.from && at <= span.to).toSorted((a, b) => a.at - b.at)
}

/** Joins marks that lie closer together than `nearMs`. The most urgent shape stands for its group. */
export function groupMarks(marks: readonly Mark[], nearMs: number): MarkGroup[] {
  const groups: { at: EpochMs; marks: Mark[] }[] = []
  for (const mark of marks) {
    const last = groups.at(-1)
    if (last !== undefined && mark.at - last.at < nearMs) last.marks.push(mark)
    else groups.push({ at: mark.at, marks: [mark] })
  }
  return groups.map((group) => ({
    ...group,
    shape: urgency.find((shape) => group.marks.some((mark) => mark.shape === shape)) ?? 'information',
  }))
}
