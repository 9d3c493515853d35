import { fail, succeed, type Result } from '../engine/failure.ts'
import { busItself, type BusFailure, type SessionBus } from './session-bus.ts'

const service = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
} as const
/** A service that the bus has to start first may take some seconds. */
const answerMs = 4000

/** What a notification service can do. */
export interface ServiceAbilities {
  /** It reads the body as markup, so what is meant as text has to be escaped. */
  readonly readsMarkup: boolean
}

/**
 * Asks the desktop's notification service what it can do. Whoever shows a notification waits for the service with the
 * whole process, so one that hangs must be found out before.
 */
export async function askNotificationService(bus: SessionBus): Promise<Result<ServiceAbilities, BusFailure>> {
  const answer = await bus.call({ ...service, member: 'GetCapabilities', args: [] }, answerMs)
  if (!answer.ok) return fail(answer.failure)
  const abilities = answer.value[0]
  return succeed({ readsMarkup: Array.isArray(abilities) && abilities.includes('body-markup') })
}

/** Whether there is a notification service, or one that the bus would start. Asking starts none. */
export async function hasNotificationService(bus: SessionBus): Promise<boolean> {
  const owner = await bus.call({ ...busItself, member: 'NameHasOwner', args: [service.destination] })
  if (owner.ok && owner.value[0] === true) return true
  const startable = await bus.call({ ...busItself, member: 'ListActivatableNames', args: [] })
  const names = startable.ok ? startable.value[0] : null
  return Array.isArray(names) && names.includes(service.destination)
}

/** Calls back whenever a notification service comes, goes or changes, or the bus goes. Returns its undo. */
export async function onNotificationServiceChanged(bus: SessionBus, callback: () => void): Promise<() => void> {
  const rule = { interface: busItself.interface, member: 'NameOwnerChanged', arg0: service.destination }
  const undos = [await bus.listen(rule, callback), bus.onClosed(callback)]
  return () => {
    for (const undo of undos) undo()
  }
}
