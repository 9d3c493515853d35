import type { StatusReport } from '../engine/status.ts'

/** Readers call a status that is 60 s old too old, so it is written at least this often. */
const atLeastEveryMs = 20_000

/** Writes the status when it changed and before it gets old. `write` keeps the order of what it is given. */
export class StatusWriter {
  readonly #write: (report: StatusReport) => void
  #written: { readonly text: string; readonly at: number } | null = null

  constructor(write: (report: StatusReport) => void) {
    this.#write = write
  }

  offer(report: StatusReport): void {
    const text = JSON.stringify({ ...report, writtenAt: 0 })
    if (this.#written?.text === text && Math.abs(report.writtenAt - this.#written.at) < atLeastEveryMs) return
    this.#written = { text, at: report.writtenAt }
    this.#write(report)
  }
}
