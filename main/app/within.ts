import type { Clock } from '../engine/ports.ts'

/** What the work gives, or `late` when it has not ended within `ms`. Work that is late goes on unheard. */
export function within<T, L>(clock: Clock, ms: number, work: Promise<T>, late: L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const cancel = clock.at(clock.now() + ms, () => {
      resolve(late)
    })
    work.then(resolve, reject).finally(cancel)
  })
}
