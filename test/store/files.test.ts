import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import Database from 'libsql'
import { expect, test } from 'vitest'

import { filesNamed, freshProfile, startStore } from './profile.ts'
import { ledgerEntry, reading, start } from './samples.ts'

async function writtenProfile(): Promise<{ profile: string; fleetDir: string; fleet: string; ledger: string }> {
  const profile = freshProfile()
  const { store } = startStore(profile)
  const fleet = await store.openFleet('one')
  for (let index = 0; index < 40; index += 1) await fleet.recordFleet(reading(start + index * 60_000, index))
  await (await store.openLedger()).append(ledgerEntry('act-1'))
  await store.close()
  const fleetDir = join(profile, 'data', 'one')
  return { profile, fleetDir, fleet: join(fleetDir, 'fleet.db'), ledger: join(profile, 'ledger.db') }
}

test('files and folders are for this user only, the logs of SQLite too', async () => {
  const profile = freshProfile()
  const { store } = startStore(profile)
  const fleet = await store.openFleet('one')
  await fleet.recordFleet(reading(start, 5))
  await (await store.openLedger()).append(ledgerEntry('act-1'))
  const mode = (path: string) => (statSync(join(profile, path)).mode & 0o777).toString(8)
  expect(['data', 'data/one'].map(mode)).toEqual(['700', '700'])
  for (const file of ['data/one/fleet.db', 'ledger.db']) {
    expect([file, `${file}-wal`, `${file}-shm`].map(mode)).toEqual(['600', '600', '600'])
  }
})

test('a file that is no database is set aside whole, named, and a new one is begun', async () => {
  const { fleet: path, fleetDir, profile } = await writtenProfile()
  writeFileSync(path, 'this was a database once. '.repeat(1000))
  const { store, notices } = startStore(profile)
  const fleet = await store.openFleet('one')
  await fleet.recordFleet(reading(start, 5))
  const aside = filesNamed(fleetDir, 'fleet.db.damaged-').filter((name) => !/-(wal|shm)$/.test(name))
  expect(aside).toEqual([expect.stringMatching(/^fleet\.db\.damaged-\d{8}T\d{6}Z$/)])
  expect(readFileSync(join(fleetDir, aside[0]!), 'utf8')).toBe('this was a database once. '.repeat(1000))
  expect(notices).toEqual([expect.stringContaining(aside[0]!)])
})

test('pages overwritten inside the file are found when it is opened', async () => {
  const { ledger: path, profile } = await writtenProfile()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(2 * 4096, 0xaa), 0, 2 * 4096, 4096)
  closeSync(file)
  const { store, notices } = startStore(profile)
  const ledger = await store.openLedger()
  expect(notices).toEqual([expect.stringContaining('The ledger was damaged')])
  expect(await ledger.append(ledgerEntry('act-2'))).toEqual({ ok: true, value: null })
  expect(filesNamed(profile, 'ledger.db.damaged-')).not.toEqual([])
})

test('a file that is damaged while it is in use is set aside, and the row is written to a new one', async () => {
  const { ledger: path, profile } = await writtenProfile()
  const { store, notices } = startStore(profile)
  const ledger = await store.openLedger()
  truncateSync(path, 5000)
  expect(await ledger.append(ledgerEntry('act-2'))).toEqual({ ok: true, value: null })
  expect((await ledger.page(null, 10)).map((row) => row.entry.act.id)).toEqual(['act-2'])
  expect(notices).toHaveLength(1)
})

test('a file of a newer version is left as it is and another one is used beside it, again and again', async () => {
  const { ledger: path, profile } = await writtenProfile()
  const newer = new Database(path)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  for (const id of ['act-2', 'act-3']) {
    const { store, notices } = startStore(profile)
    await (await store.openLedger()).append(ledgerEntry(id))
    expect(notices).toEqual([expect.stringMatching(/newer Fleetlight.*ledger\.v1\.db/)])
    await store.close()
  }
  const beside = new Database(join(profile, 'ledger.v1.db'))
  expect(beside.prepare('SELECT id FROM acts').pluck().all()).toEqual(['act-2', 'act-3'])
  beside.close()
  const kept = new Database(path)
  expect(kept.prepare('SELECT id FROM acts').pluck().all()).toEqual(['act-1'])
  kept.close()
})

test('a database of another program is set aside', async () => {
  const profile = freshProfile()
  const other = new Database(join(profile, 'ledger.db'))
  other.exec('CREATE TABLE acts (something TEXT)')
  other.close()
  const { store, notices } = startStore(profile)
  const ledger = await store.openLedger()
  expect(await ledger.append(ledgerEntry('act-1'))).toEqual({ ok: true, value: null })
  expect(notices).toHaveLength(1)
})

test('where nothing can be written the fleet is kept in memory and the ledger says that it cannot', async () => {
  const file = join(freshProfile(), 'not-a-folder')
  writeFileSync(file, '')
  const { store, notices } = startStore(join(file, 'profile'))
  const fleet = await store.openFleet('one')
  await fleet.recordFleet(reading(start, 5))
  expect((await fleet.remember(start)).watchedUntil).toBe(start)
  const ledger = await store.openLedger()
  expect(await ledger.append(ledgerEntry('act-1'))).toMatchObject({ ok: false, failure: { kind: 'readOnly' } })
  expect(notices).toHaveLength(2)
})
