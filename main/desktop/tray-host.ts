import { busItself, type SessionBus } from './session-bus.ts'

/** Whoever shows tray icons on a Linux desktop. */
export interface TrayHost {
  readonly isThere: boolean
  /** The connection that keeps the list of icons; a new one has lost the list. Null: nobody keeps one. */
  readonly keeper: string | null
}

const watcher = 'org.kde.StatusNotifierWatcher'
const noHost: TrayHost = { isThere: false, keeper: null }

/**
 * Watches for a StatusNotifierItem host: tells what is there now, and again whenever that changes. A bus that is gone has
 * no host. Returns its undo, once the first answer has come.
 */
export async function watchTrayHost(bus: SessionBus, tell: (host: TrayHost) => void): Promise<() => void> {
  let told: TrayHost | null = null
  let questions = 0
  let isStopped = false
  const offer = (host: TrayHost) => {
    if (isStopped || (host.isThere === told?.isThere && host.keeper === told.keeper)) return
    told = host
    tell(host)
  }
  const ask = async () => {
    const question = ++questions
    const host = await findHost(bus)
    // What changed since the question made its answer old, and was asked about too.
    if (question === questions) offer(host)
  }
  const onChange = () => void ask()
  const undos = await Promise.all([
    bus.listen({ interface: busItself.interface, member: 'NameOwnerChanged', arg0: watcher }, onChange),
    bus.listen({ interface: watcher, member: 'StatusNotifierHostRegistered' }, onChange),
    bus.listen({ interface: watcher, member: 'StatusNotifierHostUnregistered' }, onChange),
  ])
  undos.push(bus.onClosed(onChange))
  await ask()
  return () => {
    isStopped = true
    for (const undo of undos) undo()
  }
}

async function findHost(bus: SessionBus): Promise<TrayHost> {
  const owner = await bus.call({ ...busItself, member: 'GetNameOwner', args: [watcher] })
  const keeper = owner.ok ? owner.value[0] : null
  if (typeof keeper !== 'string') return noHost
  const isRegistered = await bus.call({
    destination: watcher,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    args: [watcher, 'IsStatusNotifierHostRegistered'],
  })
  return { isThere: isRegistered.ok && isRegistered.value[0] === true, keeper }
}
