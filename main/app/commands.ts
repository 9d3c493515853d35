import type { CommandAnswers, CommandArgs, CommandName, Reply } from '../../preload/contract.ts'
import type { EpochMs } from '../engine/failure.ts'
import type { App } from './app.ts'
import type { Connections } from './connections.ts'
import { exportLedger } from './ledger-export.ts'
import type { AppPorts, Shell } from './ports.ts'
import type { StoredConnections } from './stored-connections.ts'
import type { TokenCheck } from './token-check.ts'
import type { TokenUpkeep } from './token-upkeep.ts'
import { answer, refuse } from './words.ts'

/** A handler for each command of the contract; one that is missing does not compile. */
export type CommandHandlers = {
  readonly [C in CommandName]: (args: CommandArgs<C>) => Promise<Reply<CommandAnswers[C]>>
}

const hourMs = 3_600_000
const pageSize = 100
const chartPoints = 360

export interface CommandParts {
  readonly app: App
  readonly connections: Connections
  readonly stored: StoredConnections
  readonly tokenCheck: TokenCheck
  readonly tokenUpkeep: TokenUpkeep
  readonly ports: AppPorts
  readonly shell: Shell
}

/** What the dashboard can ask for. Arguments have passed the contract's schemas. */
export function makeCommands(parts: CommandParts): CommandHandlers {
  const { app, connections, stored, tokenCheck, tokenUpkeep, ports, shell } = parts
  const { settings, ledger, clock } = ports
  const now = (work: () => Reply<null>) => Promise.resolve(work())
  const read = async <T>(reading: () => Promise<T>): Promise<Reply<T>> => {
    try {
      return answer(await reading())
    } catch (error) {
      ports.log('store failed', { what: 'read', message: String(error) })
      return refuse('store', 'What was recorded cannot be read now. Try again; if it stays so, restart Fleetlight.')
    }
  }
  return {
    view: () => Promise.resolve(answer(app.view())),
    checkToken: ({ token, account }) => tokenCheck.check(token, account),
    startWatching: (args) => connections.start(args),
    tryDemo: () => connections.tryDemo(),
    connections: () => Promise.resolve(answer(stored.summaries())),
    activateConnection: ({ connection }) => connections.activate(connection),
    replaceToken: (args) => tokenUpkeep.replace(args),
    forgetActToken: ({ connection }) => tokenUpkeep.forgetAct(connection),
    forgetConnection: ({ connection }) => connections.forget(connection),
    openConfirmation: ({ direction }) => now(() => app.openConfirmation(direction)),
    refresh: () =>
      now(() => {
        app.dispatch({ type: 'refreshAsked' })
        return answer(null)
      }),
    series: async ({ dimension, hours }) => {
      const fleet = app.fleet()
      if (fleet === null) return refuse('signedOut', 'No account is watched, so there is nothing to draw.')
      const to = clock.now()
      return read(() => fleet.series({ dimension, from: to - hours * hourMs, to, points: chartPoints }))
    },
    activity: ({ before }) => read(async () => (await app.fleet()?.activity(before, pageSize)) ?? []),
    ledger: ({ before }) =>
      read(async () => ({ rows: await ledger.page(before, pageSize), brokenAt: await ledger.verify() })),
    exportLedger: () => exportLedger(ports, shell),
    settings: () => Promise.resolve(answer(settings.settings())),
    saveSettings: (next) =>
      now(() => {
        if (next.criticalPercent < next.degradedPercent) {
          return refuse(
            'range',
            'Not saved: the critical share must be at least the degraded share. Raise it, then save.',
          )
        }
        app.saveSettings(next)
        return answer(null)
      }),
    pauseNotifications: ({ until }) =>
      now(() => {
        app.pauseNotifications(until)
        return answer(null)
      }),
  }
}

export type Pause = CommandArgs<'pauseNotifications'>['until']

/** When a pause that is asked for now ends; morning is the next 08:00 of this machine. */
export function pauseEnd(pause: Pause, now: EpochMs): EpochMs | null {
  switch (pause) {
    case null:
      return null
    case '30 minutes':
      return now + hourMs / 2
    case '2 hours':
      return now + 2 * hourMs
    case 'morning': {
      const morning = new Date(now)
      morning.setHours(8, 0, 0, 0)
      if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1)
      return morning.getTime()
    }
  }
}
