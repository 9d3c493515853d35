import type { Tone } from './events.ts'

/** The faces of the app, the first that holds wins, in this order. */
export const faceNames = [
  'signed-out',
  'override-on',
  'unknown',
  'offline',
  'stale',
  'critical',
  'degraded',
  'well',
] as const
export type FaceName = (typeof faceNames)[number]

/** What the tray shows, and every view begins with. */
export interface Face {
  readonly name: FaceName
  readonly tone: Tone
  /** The face rests on a reading that is too old: drawn with the stale mark beside the face's own shape. */
  readonly isStale: boolean
  /** What a colleague would say: one sentence without its full stop, at most 90 characters. */
  readonly sentence: string
}
