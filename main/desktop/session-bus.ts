import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { fail, succeed, type Result } from '../engine/failure.ts'
import { busSockets } from './session-bus-address.ts'
import { decodeMessage, encodeCall, messageLength, type BusCall, type BusMessage } from './session-bus-codec.ts'
import type { BusValue } from './session-bus-reader.ts'

export type BusFailure =
  /** There is no session bus, or it lets us not in. */
  | { readonly kind: 'absent'; readonly detail: string }
  /** The connection ended; it is not made again in this run, for a session does not outlive its bus. */
  | { readonly kind: 'closed'; readonly detail: string }
  /** Whoever was asked refused; `error` is D-Bus's name of it. */
  | { readonly kind: 'refused'; readonly error: string; readonly detail: string }
  | { readonly kind: 'timeout'; readonly detail: string }

/** Which signals to hear. `arg0` is the first argument. */
export interface SignalRule {
  readonly interface: string
  readonly member: string
  readonly arg0?: string
}

export const busItself = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

const openMs = 2000
const callMs = 5000

interface Waiting {
  readonly settle: (result: Result<readonly BusValue[], BusFailure>) => void
  readonly timer: NodeJS.Timeout
}

interface Listener {
  readonly rule: SignalRule
  readonly hear: (args: readonly BusValue[]) => void
}

/** Connects to the session bus of this desktop. Ends within a few seconds, whatever is there. */
export async function openSessionBus(env: NodeJS.ProcessEnv): Promise<Result<SessionBus, BusFailure>> {
  let detail = 'neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR names one'
  for (const path of busSockets(env)) {
    const socket = connect(path)
    // Errors are taken where they matter; one that comes between two of those places must not end the app.
    socket.on('error', ignore)
    try {
      await admit(socket)
      const bus = new SessionBus(socket)
      const hello = await bus.call({ ...busItself, member: 'Hello', args: [] }, openMs)
      if (hello.ok) return succeed(bus)
      bus.close()
      detail = hello.failure.detail
    } catch (error) {
      socket.destroy()
      detail = error instanceof Error ? error.message : String(error)
    }
  }
  return fail({ kind: 'absent', detail })
}

/** A connection to the session bus: calls with a deadline each, and signals. Its failures are values. */
export class SessionBus {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<Listener>()
  readonly #onClosed = new Set<() => void>()
  #lastSerial = 0
  #rest: Buffer = Buffer.alloc(0)
  /** Why it is over; null while it is not. */
  #over: BusFailure | null = null

  /** Takes over a socket whose other end has let us in. */
  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#take(chunk)
    })
    socket.on('error', ({ message }) => {
      this.#end(message)
    })
    socket.on('close', () => {
      this.#end('the session bus closed the connection')
    })
  }

  /** Calls a method and returns the values of the reply. */
  call(call: BusCall, deadlineMs = callMs): Promise<Result<readonly BusValue[], BusFailure>> {
    if (this.#over !== null) return Promise.resolve(fail(this.#over))
    const serial = ++this.#lastSerial
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#settle(serial, fail({ kind: 'timeout', detail: `${call.destination} did not answer ${call.member}` }))
      }, deadlineMs)
      this.#waiting.set(serial, { settle: resolve, timer })
      this.#socket.write(encodeCall(call, serial))
    })
  }

  /** Hears the signals of a rule until the undo that it returns. A bus that refuses the rule is over, so none are heard. */
  async listen(rule: SignalRule, hear: (args: readonly BusValue[]) => void): Promise<() => void> {
    const listener = { rule, hear }
    this.#listeners.add(listener)
    const match = [`type='signal'`, `interface='${rule.interface}'`, `member='${rule.member}'`]
    if (rule.arg0 !== undefined) match.push(`arg0='${rule.arg0}'`)
    await this.call({ ...busItself, member: 'AddMatch', args: [match.join(',')] })
    return () => {
      if (!this.#listeners.delete(listener)) return
      void this.call({ ...busItself, member: 'RemoveMatch', args: [match.join(',')] })
    }
  }

  /** Calls back once when the bus is gone; at once if it is. Returns its undo. */
  onClosed(callback: () => void): () => void {
    if (this.#over !== null) callback()
    else this.#onClosed.add(callback)
    return () => this.#onClosed.delete(callback)
  }

  close(): void {
    this.#onClosed.clear()
    this.#end('we closed it')
  }

  #take(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (let message = this.#next(); message !== null; message = this.#next()) this.#hear(message)
  }

  /** The next whole message of what came; null: it is not here yet. */
  #next(): BusMessage | null {
    try {
      const length = messageLength(this.#rest)
      if (length === null || this.#rest.length < length) return null
      const message = decodeMessage(this.#rest.subarray(0, length))
      this.#rest = this.#rest.subarray(length)
      return message
    } catch (error) {
      this.#end(`it sent what is no message: ${String(error)}`)
      return null
    }
  }

  #hear(message: BusMessage): void {
    const { type, replySerial, body } = message
    if (type === 'reply' && replySerial !== null) this.#settle(replySerial, succeed(body))
    else if (type === 'error' && replySerial !== null) {
      const detail = typeof body[0] === 'string' ? body[0] : ''
      this.#settle(replySerial, fail({ kind: 'refused', error: message.errorName ?? '', detail }))
    } else if (type === 'signal') {
      for (const { rule, hear } of this.#listeners) if (fits(rule, message)) hear(body)
    }
  }

  #settle(serial: number, result: Result<readonly BusValue[], BusFailure>): void {
    const waiting = this.#waiting.get(serial)
    if (waiting === undefined) return
    this.#waiting.delete(serial)
    clearTimeout(waiting.timer)
    waiting.settle(result)
  }

  #end(detail: string): void {
    if (this.#over !== null) return
    this.#over = { kind: 'closed', detail }
    this.#socket.destroy()
    this.#listeners.clear()
    for (const serial of [...this.#waiting.keys()]) this.#settle(serial, fail(this.#over))
    for (const callback of this.#onClosed) callback()
  }
}

function fits(rule: SignalRule, message: BusMessage): boolean {
  if (message.interface !== rule.interface || message.member !== rule.member) return false
  return rule.arg0 === undefined || message.body[0] === rule.arg0
}

function ignore(): void {
  // Whoever awaits the socket hears of the same error.
}

/** Connects and is let in by the credentials of the socket (EXTERNAL). Throws when it is not, or not in time. */
async function admit(socket: Socket): Promise<void> {
  const hungUp = new AbortController()
  socket.once('close', () => {
    hungUp.abort()
  })
  const signal = AbortSignal.any([AbortSignal.timeout(openMs), hungUp.signal])
  await once(socket, 'connect', { signal })
  const user = Buffer.from(String(process.getuid?.() ?? '')).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
  // It says nothing after this line before BEGIN, so nothing that follows is lost.
  let line = ''
  while (!line.endsWith('\r\n')) {
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer]
    line += chunk.toString()
    if (line.length > 1024) throw new Error('what listens there is no bus')
  }
  if (!line.startsWith('OK ')) throw new Error(`the session bus does not let us in: ${line.trim()}`)
  socket.write('BEGIN\r\n')
}
