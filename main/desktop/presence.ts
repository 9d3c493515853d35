/** What the system tells of this machine, as events of the engine. */
export type PresenceEvent =
  | { readonly type: 'slept' }
  | { readonly type: 'woke'; readonly cause: 'resume' | 'unlock' | 'network' }
  | { readonly type: 'networkLost' }

/** The part of Electron's powerMonitor that is listened to. */
interface PowerEvents {
  on(event: 'suspend' | 'resume' | 'unlock-screen', listener: () => void): unknown
  off(event: 'suspend' | 'resume' | 'unlock-screen', listener: () => void): unknown
}

/** Electron tells of no change of the network to main, so it is asked. */
const askNetworkMs = 3000

/**
 * Tells when the machine goes to sleep, wakes, is unlocked, loses its network or has it back. Returns its undo.
 * @param isOnline  whether what is watched can be reached as far as the system knows; this machine itself always can
 */
export function watchPresence(
  power: PowerEvents,
  isOnline: () => boolean,
  tell: (event: PresenceEvent) => void,
): () => void {
  const onSuspend = () => {
    tell({ type: 'slept' })
  }
  const onResume = () => {
    tell({ type: 'woke', cause: 'resume' })
  }
  const onUnlock = () => {
    tell({ type: 'woke', cause: 'unlock' })
  }
  power.on('suspend', onSuspend)
  power.on('resume', onResume)
  power.on('unlock-screen', onUnlock)

  let wasOnline = true
  const ask = () => {
    const isNow = isOnline()
    if (isNow === wasOnline) return
    wasOnline = isNow
    tell(isNow ? { type: 'woke', cause: 'network' } : { type: 'networkLost' })
  }
  const timer = setInterval(ask, askNetworkMs)
  ask()

  return () => {
    clearInterval(timer)
    power.off('suspend', onSuspend)
    power.off('resume', onResume)
    power.off('unlock-screen', onUnlock)
  }
}
