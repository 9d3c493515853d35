import type { Clock } from '../engine/ports.ts'

/** The clock and the timers of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at: (at, callback) => {
    const timer = setTimeout(callback, Math.max(0, at - Date.now()))
    return () => {
      clearTimeout(timer)
    }
  },
}
