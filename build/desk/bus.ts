import type { Daemons } from './daemons.ts'

/** Whom to ask: a connection's name, an object and one of its interfaces. */
export interface BusTarget {
  readonly name: string
  readonly path: string
  readonly interface: string
}

/** A message seen by the monitor, as busctl prints it. */
export interface BusMessage {
  readonly type: 'method_call' | 'method_return' | 'signal' | 'error'
  readonly cookie: number
  readonly reply_cookie?: number
  readonly sender?: string
  readonly destination?: string
  readonly interface?: string
  readonly member?: string
  readonly payload?: { readonly data: readonly unknown[] }
}

/** A D-Bus variant, as busctl prints it. */
export interface Variant {
  readonly type: string
  readonly data: unknown
}

/** The session bus of a desk, through busctl. Only for what desk, tests and tour ask: a process a call is slow. */
export class Bus {
  readonly #daemons: Daemons
  readonly #address: string

  constructor(daemons: Daemons, address: string) {
    this.#daemons = daemons
    this.#address = address
  }

  /** Calls a method; `args` are in busctl's notation. Returns the values of the reply. Throws with the bus's error. */
  async call(target: BusTarget, method: string, signature = '', ...args: readonly string[]): Promise<unknown[]> {
    const { name, path } = target
    const values = signature === '' ? [] : [signature, '--', ...args]
    const out = await this.#busctl('call', name, path, target.interface, method, ...values)
    return out.trim() === '' ? [] : (JSON.parse(out) as { data: unknown[] }).data
  }

  /** All properties of an interface. */
  async properties(target: BusTarget): Promise<Readonly<Record<string, Variant>>> {
    const all = { ...target, interface: 'org.freedesktop.DBus.Properties' }
    const [properties] = await this.call(all, 'GetAll', 's', target.interface)
    return properties as Record<string, Variant>
  }

  async isOwned(name: string): Promise<boolean> {
    const [owned] = await this.call(busItself, 'NameHasOwner', 's', name)
    return owned === true
  }

  /** The name's owner, such as ":1.7"; null when nobody has it. */
  async owner(name: string): Promise<string | null> {
    try {
      return String((await this.call(busItself, 'GetNameOwner', 's', name))[0])
    } catch {
      return null
    }
  }

  /** Calls back with every message that matches one of the rules, from the moment that the promise resolves. */
  async monitor(rules: readonly string[], onMessage: (message: BusMessage) => void): Promise<void> {
    const matches = rules.map((rule) => `--match=${rule}`)
    const monitor = this.#daemons.start('busctl monitor', [...this.#command, ...matches, 'monitor'])
    let rest = ''
    monitor.child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('{')) onMessage(JSON.parse(line) as BusMessage)
    })
    await new Promise<void>((resolve, reject) => {
      // It says so, on its error output, once the bus made it a monitor.
      monitor.child.stderr.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Monitoring bus message stream')) resolve()
      })
      monitor.child.on('exit', () => {
        reject(new Error(`busctl monitor ended: ${monitor.said()}`))
      })
    })
  }

  get #command(): string[] {
    return ['busctl', `--address=${this.#address}`, '--json=short']
  }

  #busctl(...args: readonly string[]): Promise<string> {
    return this.#daemons.run([...this.#command, ...args])
  }
}

const busItself: BusTarget = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}
