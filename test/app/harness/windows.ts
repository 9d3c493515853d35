import {
  commands,
  type AppView,
  type CommandAnswers,
  type CommandArgs,
  type CommandName,
} from '../../../preload/contract.ts'
import { confirmCommands, type ConfirmationPlan } from '../../../preload/confirm-contract.ts'
import type { Reply } from '../../../preload/contract.ts'
import type { App } from '../../../main/app/app.ts'
import type { OpenConfirmation, Shell } from '../../../main/app/ports.ts'
import { ConfirmationOpening } from '../../../main/desktop/confirmation-opening.ts'
import { openGate } from '../../../main/desktop/ipc-gate.ts'
import type { ViewName } from '../../../main/engine/events.ts'

const ownFrame = { origin: 'app://test', parent: null }
const contents = {}
const sender = { sender: contents, senderFrame: ownFrame }

/** The windows without their glass: what they are shown, and the real gates that take what they send. */
export class Windows {
  /** The newest view that was drawn. */
  view: AppView | null = null
  /** Views of the dashboard that main opened by itself. */
  readonly opened: ViewName[] = []
  theme: string | null = null
  opensAtLogin = false
  /** Where the person saves; null: the person cancels. */
  savesTo: string | null = null
  confirmation: ConfirmationWindow | null = null
  #gate: ReturnType<typeof openGate> | null = null

  readonly shell: Shell = {
    facts: () => ({ version: '0.0.0', runtime: 'test', profile: 'test', tray: 'shown', notifications: 'working' }),
    openDashboard: (view) => {
      this.opened.push(view)
    },
    show: (view) => {
      this.view = structuredClone(view)
    },
    openConfirmation: (request) => {
      this.confirmation ??= new ConfirmationWindow(request, () => {
        this.confirmation = null
      })
      this.confirmation.timesShown += 1
    },
    askWhereToSave: () => Promise.resolve(this.savesTo),
    applyTheme: (theme) => {
      this.theme = theme
    },
    applyOpenAtLogin: (enabled) => {
      this.opensAtLogin = enabled
    },
  }

  attach(app: App): void {
    const options = { channel: 'dashboard', contents: () => contents, origin: ownFrame.origin, log: () => undefined }
    this.#gate = openGate({ ...options, schemas: commands, handlers: app.commands })
  }

  /** What the dashboard's bridge does: arguments and reply are copied on their way. */
  async invoke<C extends CommandName>(command: C, args: CommandArgs<C>): Promise<Reply<CommandAnswers[C]>> {
    const reply = await this.#gate?.(sender, command, structuredClone(args))
    return structuredClone(reply) as Reply<CommandAnswers[C]>
  }
}

/** The confirmation window, from opening to closing. */
export class ConfirmationWindow {
  timesShown = 0
  readonly plan: ConfirmationPlan
  readonly close: () => void
  readonly #gate: ReturnType<typeof openGate>

  constructor(request: OpenConfirmation, onClosed: () => void) {
    this.plan = structuredClone(request.plan)
    let isClosed = false
    this.close = () => {
      if (isClosed) return
      isClosed = true
      onClosed()
      request.onClosed()
    }
    this.#gate = openGate({
      channel: 'confirmation',
      contents: () => contents,
      origin: ownFrame.origin,
      schemas: confirmCommands,
      handlers: new ConfirmationOpening(request, this.close).handlers,
      log: () => undefined,
    })
  }

  /** Holds the button to the end. */
  async hold(reason: string, { typedAccount = '', nonce = this.plan.nonce } = {}): Promise<Reply<null>> {
    return (await this.#gate(sender, 'act', { nonce, reason, typedAccount })) as Reply<null>
  }
}
