import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What one step of the tour expected and what was seen: on the wire, on the session bus, on the screen. */
export interface StepReport {
  readonly name: string
  readonly expected: string
  readonly wire: string
  readonly bus: string
  /** What the window said, and the file of its picture. */
  readonly screen: string
  readonly ok: boolean
}

export type Seen = Pick<StepReport, 'wire' | 'bus' | 'screen'>

/** Runs the steps of a tour one after the other and keeps what came of them in a folder made anew. */
export class TourReport {
  readonly folder: string
  readonly #steps: StepReport[] = []
  readonly #facts: Readonly<Record<string, string>>
  readonly #startedAt = Date.now()

  constructor(folder: string, facts: Readonly<Record<string, string>>) {
    this.folder = folder
    this.#facts = facts
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  get isAllOk(): boolean {
    return this.#steps.length > 0 && this.#steps.every(({ ok }) => ok)
  }

  /** Does a step. One that throws is a failed step, and ends the tour: what follows builds upon it. */
  async step(name: string, expected: string, work: () => Promise<Seen>): Promise<void> {
    this.#say(`${name}: ${expected}`)
    try {
      this.#steps.push({ name, expected, ...(await work()), ok: true })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#steps.push({ name, expected, wire: '', bus: '', screen: reason, ok: false })
      this.#say(`failed: ${reason}`)
      throw error
    } finally {
      this.write()
    }
  }

  /** Writes report.json and report.md as far as the tour has come. */
  write(): void {
    writeFileSync(
      path.join(this.folder, 'report.json'),
      `${JSON.stringify({ ...this.#facts, steps: this.#steps }, null, 2)}\n`,
    )
    writeFileSync(path.join(this.folder, 'report.md'), toMarkdown(this.#facts, this.#steps))
  }

  #say(line: string): void {
    const seconds = ((Date.now() - this.#startedAt) / 1000).toFixed(0).padStart(4)
    process.stdout.write(`[demo ${seconds} s] ${line}\n`)
  }
}

function toMarkdown(facts: Readonly<Record<string, string>>, steps: readonly StepReport[]): string {
  const heads = ['step', 'expected', 'on the wire', 'on the bus', 'on the screen', 'ok']
  const rows = steps.map(({ name, expected, wire, bus, screen, ok }) => [
    name,
    expected,
    wire,
    bus,
    screen,
    ok ? 'yes' : '**no**',
  ])
  return [
    '# The tour on the demo account',
    '',
    ...Object.entries(facts).map(([fact, value]) => `- ${fact}: ${value}`),
    '',
    `| ${heads.join(' | ')} |`,
    `|${' --- |'.repeat(heads.length)}`,
    ...rows.map((row) => `| ${row.map(toCell).join(' | ')} |`),
    '',
  ].join('\n')
}

function toCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, '<br>')
}
