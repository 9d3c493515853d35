import type { CommandAnswers, Reply } from '../../preload/contract.ts'
import type { LedgerRow } from '../engine/ports.ts'
import type { AppPorts, Shell } from './ports.ts'
import { answer, refuse } from './words.ts'

/** Asks where to save, then writes the whole ledger as JSON, oldest row first. */
export async function exportLedger(ports: AppPorts, shell: Shell): Promise<Reply<CommandAnswers['exportLedger']>> {
  const day = new Date(ports.clock.now()).toISOString().slice(0, 10)
  const path = await shell.askWhereToSave(`fleetlight-ledger-${day}.json`)
  if (path === null) return answer(null)
  const rows: LedgerRow[] = []
  for (let before: number | null = null; ;) {
    const page: readonly LedgerRow[] = await ports.ledger.page(before, 200)
    rows.push(...page)
    const last = page.at(-1)
    if (last === undefined) break
    before = last.seq
  }
  const document = {
    schema: 1,
    exportedAt: ports.clock.now(),
    brokenAt: await ports.ledger.verify(),
    acts: rows.reverse(),
  }
  try {
    await ports.writeFile(path, `${JSON.stringify(document, null, 2)}\n`)
  } catch (error) {
    return refuse('file', `The ledger could not be written to ${path} (${String(error)}). Choose another folder.`)
  }
  return answer({ path })
}
