import type { HistoryPoint } from '../../main/engine/model.ts'
import type { WeekPoint } from '../../main/engine/fleet/week.ts'
import { fleetOf } from './account.ts'
import { day, hour, minute, noon, Scene } from './scene.ts'

export const midnight = Math.floor(noon / day) * day

/**
 * An office of 1,000 devices, as many as are on at a moment: 200 stay on overnight, 800 come between 8 and 9 and go
 * between 17 and 19.
 */
export function officeAt(at: number): number {
  const now = at % day
  const here = Math.min(ramp(now, 8 * hour, 9 * hour), 1 - ramp(now, 17 * hour, 19 * hour))
  return 200 + Math.round(800 * here)
}

function ramp(now: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (now - from) / (to - from)))
}

/** A week of an office before `to`, an hour or whatever apart. */
export function weekOf(count: (at: number) => number, to: number, stepMs = hour): WeekPoint[] {
  const points: WeekPoint[] = []
  for (let at = to - 7 * day; at <= to; at += stepMs) points.push({ at, connected: count(at) })
  return points
}

/** The same as Cloudflare's history tells it. */
export function historyOf(count: (at: number) => number, to: number, stepMs = 10 * minute): HistoryPoint[] {
  return weekOf(count, to, stepMs).flatMap(({ at, connected }) => [
    { at, dimension: 'status', value: 'Connected', count: connected },
    { at, dimension: 'status', value: 'disconnected', count: 1200 - connected },
    { at, dimension: 'mode', value: 'connected', count: 7 },
  ])
}

/** A scene that has watched an office since `from`, with a week of it behind. */
export function office(from: number, settings = {}): Scene {
  const scene = new Scene(settings, from)
  scene.account.fleet = (at) => fleetOf(officeAt(at), 1200)
  scene.account.history = historyOf(officeAt, from)
  scene.connect()
  return scene
}

/** What was told of devices that lost connection. */
export function drops(scene: Scene) {
  return scene.notices.filter(({ key }) => key.startsWith('drop:'))
}
