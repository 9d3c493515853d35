import { execFile, spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'

/** Ids of the ordinary user that a desk belongs to, when it is not ours. */
export interface DeskUser {
  readonly uid: number
  readonly gid: number
}

interface Running {
  readonly name: string
  readonly child: ChildProcess
  readonly said: () => string
}

/** A daemon that does not go when asked is killed after this. */
const graceMs = 2000

/** The processes of one desk. They are ended together, the last started first, and never outlive this process. */
export class Daemons {
  readonly #env: NodeJS.ProcessEnv
  readonly #user: DeskUser | null
  readonly #running: Running[] = []
  readonly #onExit = () => {
    for (const { child } of this.#running) child.kill('SIGKILL')
  }

  /** `env` is kept, not copied: what is learnt later (the display) reaches what is started later. */
  constructor(env: NodeJS.ProcessEnv, user: DeskUser | null) {
    this.#env = env
    this.#user = user
    process.on('exit', this.#onExit)
  }

  /** Starts a daemon in the foreground. `input` is written to it and closed; `stdio` may add descriptors. */
  start(name: string, command: readonly string[], { input = '', stdio = [] as StdioOptions & unknown[] } = {}) {
    const [file, ...args] = this.#asOurChild(command)
    const child = spawn(file ?? '', args, { env: this.#env, stdio: ['pipe', 'pipe', 'pipe', ...(stdio as 'pipe'[])] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4000)
      })
    }
    child.on('error', (error) => {
      output += String(error)
    })
    child.stdin.on('error', () => {
      // It went before it had read its input; whoever waits for it will say so.
    })
    child.stdin.end(input)
    const running = { name, child, said: () => output }
    this.#running.push(running)
    return running
  }

  /** Runs a command of this desk to its end and returns what it printed. Throws when it fails. */
  run(command: readonly string[]): Promise<string> {
    const [file, ...args] = this.#asOurChild(command)
    return new Promise((resolve, reject) => {
      execFile(file ?? '', args, { env: this.#env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${command.join(' ')}: ${stderr.trim() || error.message}`))
      })
    })
  }

  /** Ends one daemon and waits until it is gone. */
  async end(running: Running): Promise<void> {
    const index = this.#running.indexOf(running)
    if (index >= 0) this.#running.splice(index, 1)
    const { child } = running
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await gone
    clearTimeout(killer)
  }

  async stop(): Promise<void> {
    for (const running of this.#running.toReversed()) await this.end(running)
    process.off('exit', this.#onExit)
  }

  /** setpriv asks the kernel to kill the child when we die, however we die, and changes to the desk's user. */
  #asOurChild(command: readonly string[]): string[] {
    const user = this.#user
    const asUser = user === null ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    return ['setpriv', '--pdeathsig=KILL', ...asUser, '--', ...command]
  }
}

/** Throws with what a daemon said if it is gone. */
export function assertAlive({ name, child, said }: Running): void {
  if (child.exitCode === null && child.signalCode === null) return
  throw new Error(`${name} ended (${child.signalCode ?? child.exitCode}): ${said().trim()}`)
}

export type { Running as Daemon }
