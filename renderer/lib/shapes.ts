import type { Tone } from '../../main/engine/events.ts'
import type { FaceName } from '../../main/engine/face.ts'

/** Every shape that is drawn; one meaning each, told apart without colour. */
export type ShapeName = Tone | 'unknown' | 'offline' | 'signed-out' | 'demo'

const faceShapes: Record<FaceName, ShapeName> = {
  'signed-out': 'signed-out',
  'override-on': 'override',
  unknown: 'unknown',
  offline: 'offline',
  stale: 'stale',
  critical: 'critical',
  degraded: 'degraded',
  well: 'well',
}

/** The shape of a face. */
export function shapeOfFace(name: FaceName): ShapeName {
  return faceShapes[name]
}

const shapeTones: Record<ShapeName, Tone> = {
  well: 'well',
  degraded: 'degraded',
  critical: 'critical',
  override: 'override',
  information: 'information',
  demo: 'information',
  stale: 'stale',
  unknown: 'stale',
  offline: 'stale',
  'signed-out': 'stale',
}

/** The tone, and so the colour, in which a shape is drawn. */
export function toneOfShape(shape: ShapeName): Tone {
  return shapeTones[shape]
}

const words: Record<ShapeName, string> = {
  well: 'Well',
  degraded: 'Degraded',
  critical: 'Critical',
  override: 'Override on',
  information: 'Information',
  demo: 'Demo',
  stale: 'Stale',
  unknown: 'Unknown',
  offline: 'Offline',
  'signed-out': 'Signed out',
}

/** What a shape says to someone who cannot see it. */
export function wordOfShape(shape: ShapeName): string {
  return words[shape]
}
