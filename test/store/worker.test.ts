import { expect, test } from 'vitest'

import { freshProfile, startStore } from './profile.ts'
import { ledgerEntry, reading, start } from './samples.ts'

const crashing = new URL('./fixtures/crashing-worker.ts', import.meta.url)

test('answers calls in the order in which they were made', async () => {
  const { store } = startStore(freshProfile())
  const fleet = await store.openFleet('one')
  const written = fleet.recordFleet(reading(start, 5))
  const remembered = fleet.remember(start)
  await written
  expect((await remembered).watchedUntil).toBe(start)
})

test('a worker that dies rejects each call under way once, and the next call finds the files again', async () => {
  const { store } = startStore(freshProfile(), crashing)
  const fleet = await store.openFleet('one')
  await fleet.recordFleet(reading(start, 5))
  const calls = [fleet.activity(null, 10), fleet.remember(start), fleet.recordFleet(reading(start, 6))]
  const outcomes = await Promise.allSettled(calls)
  expect(outcomes.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(calls[1]).rejects.toMatchObject({
    kind: 'crashed',
    message: expect.stringContaining('exit code 7') as unknown,
  })
  expect((await fleet.remember(start)).recentConnected).toEqual([{ at: start, connected: 5 }])
})

test('a ledger whose worker dies says so as a failure and stays usable', async () => {
  const { store } = startStore(freshProfile(), crashing)
  const fleet = await store.openFleet('one')
  const ledger = await store.openLedger()
  const killed = fleet.activity(null, 1)
  const appended = ledger.append(ledgerEntry('act-1'))
  await expect(killed).rejects.toThrow()
  expect(await appended).toMatchObject({ ok: false, failure: { kind: 'broken' } })
  expect(await ledger.append(ledgerEntry('act-2'))).toEqual({ ok: true, value: null })
  expect(await ledger.verify()).toBeNull()
})

test('after closing nothing is done any more', async () => {
  const { store } = startStore(freshProfile())
  const fleet = await store.openFleet('one')
  const last = fleet.recordFleet(reading(start, 5))
  await store.close()
  await expect(last).resolves.toBeUndefined()
  await expect(fleet.remember(start)).rejects.toMatchObject({ kind: 'closed' })
})

test('a connection id that is more than a name is refused', async () => {
  const { store } = startStore(freshProfile())
  await expect(store.openFleet('../other')).rejects.toThrow(/plain name/)
})
