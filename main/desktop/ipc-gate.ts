import type { z } from 'zod'

import type { Reply } from '../../preload/contract.ts'

/** A frame as Electron tells of it. `parent` is null in the top frame. */
interface Frame {
  readonly origin: string
  readonly parent: unknown
}

/** Who sent a message. `senderFrame` is null when the frame is gone already. */
export interface Sender {
  readonly sender: unknown
  readonly senderFrame: Frame | null
}

type Schemas = Readonly<Record<string, z.ZodType>>

/** A handler for each schema; one that is missing does not compile. */
export type Handlers<S extends Schemas, A extends Readonly<Record<keyof S, unknown>>> = {
  readonly [C in keyof S]: (args: z.infer<S[C]>) => Promise<Reply<A[C]>>
}

export interface GateOptions<S extends Schemas, A extends Readonly<Record<keyof S, unknown>>> {
  /** For the log. */
  readonly channel: string
  /** The contents of our window; null while none is open. */
  readonly contents: () => object | null
  /** Of our own page, such as app://dashboard. */
  readonly origin: string
  readonly schemas: S
  readonly handlers: Handlers<S, A>
  readonly log: (event: string, fields: Readonly<Record<string, string>>) => void
}

/**
 * The one way in from a window. It checks who asks (top frame of our window, showing our own page), then that the command
 * exists, then the shape of its arguments, and only then runs the handler. Whatever happens, it answers with a reply.
 */
export function openGate<S extends Schemas, A extends Readonly<Record<keyof S, unknown>>>(
  options: GateOptions<S, A>,
): (sender: Sender, command: unknown, args: unknown) => Promise<Reply<unknown>> {
  const { channel, schemas, log } = options
  const handlers = options.handlers as Readonly<Record<string, (args: unknown) => Promise<Reply<unknown>>>>

  const refuse = (command: unknown, reason: string): Reply<never> => {
    log('message refused', { channel, command: printable(command), reason })
    return { ok: false, kind: 'refused', message: `Fleetlight did not take this: ${reason}.` }
  }

  return async (sender, command, args) => {
    const stranger = findStranger(sender, options.contents(), options.origin)
    if (stranger !== null) return refuse(command, stranger)
    if (typeof command !== 'string' || !Object.hasOwn(schemas, command))
      return refuse(command, 'there is no such command')
    const parsed = schemas[command]?.safeParse(args)
    const handler = handlers[command]
    if (parsed === undefined || handler === undefined) return refuse(command, 'there is no such command')
    if (!parsed.success) return refuse(command, describe(parsed.error))
    try {
      return await handler(parsed.data)
    } catch (error) {
      log('command failed', {
        channel,
        command,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
      return {
        ok: false,
        kind: 'bug',
        message:
          'Something went wrong inside Fleetlight, so it is not known whether this was done. Look at what is shown now, then try again. The log in the profile says more.',
      }
    }
  }
}

/** Why the sender is none of ours; null: it is. */
function findStranger({ sender, senderFrame }: Sender, contents: object | null, origin: string): string | null {
  if (contents === null || sender !== contents) return 'it comes from no window of ours'
  try {
    if (senderFrame === null) return 'the page that sent it is gone'
    if (senderFrame.parent !== null) return 'it comes from a frame within the page'
    if (senderFrame.origin !== origin) return 'the page that sent it is not ours'
    return null
  } catch {
    // Electron throws when a frame went between the sending and the asking.
    return 'the page that sent it is gone'
  }
}

/** Where and how the arguments differ. Never the value: it may be a token. */
function describe({ issues }: z.ZodError): string {
  const [issue] = issues
  if (issue === undefined) return 'its arguments have another shape'
  const place = issue.path.map(String).join('.')
  return place === '' ? issue.message : `${place}: ${issue.message}`
}

/** What may stand in the log of a command's name that nobody has checked. */
function printable(command: unknown): string {
  return typeof command === 'string' && /^[a-zA-Z]{1,40}$/.test(command) ? command : 'unprintable'
}
