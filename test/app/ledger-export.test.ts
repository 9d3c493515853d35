import { expect, test } from 'vitest'

import { exportLedger } from '../../main/app/ledger-export.ts'
import type { AppPorts, Shell } from '../../main/app/ports.ts'
import { ledgerEntry } from '../store/samples.ts'
import { freshProfile, startStore } from '../store/profile.ts'

test('an export has every act, the oldest first, however many there are', async () => {
  const { store } = startStore(freshProfile())
  const ledger = await store.openLedger()
  await Promise.all(Array.from({ length: 450 }, (_, index) => ledger.append(ledgerEntry(`act-${index}`))))
  let text = ''
  const ports = {
    clock: { now: () => 0, at: () => () => undefined },
    ledger,
    writeFile: (_path: string, written: string) => {
      text = written
      return Promise.resolve()
    },
  } as Partial<AppPorts> as AppPorts
  const names: string[] = []
  const shell = {
    askWhereToSave: (name: string) => {
      names.push(name)
      return Promise.resolve('/somewhere')
    },
  } as Partial<Shell> as Shell
  expect(await exportLedger(ports, shell)).toEqual({ ok: true, value: { path: '/somewhere' } })
  expect(names).toEqual(['fleetlight-ledger-1970-01-01.json'])
  const { acts, brokenAt } = JSON.parse(text) as {
    readonly acts: { readonly seq: number }[]
    readonly brokenAt: unknown
  }
  expect(acts.map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
  expect(brokenAt).toBeNull()
})
