import { join } from 'node:path'

import Database from 'libsql'
import { expect, test } from 'vitest'

import { freshProfile, startStore } from './profile.ts'
import { ledgerEntry, start } from './samples.ts'

async function profileWithRows(count: number) {
  const profile = freshProfile()
  const { store } = startStore(profile)
  const ledger = await store.openLedger()
  for (let index = 1; index <= count; index += 1) await ledger.append(ledgerEntry(`act-${index}`))
  return { profile, ledger, path: join(profile, 'ledger.db') }
}

/** Edits the file as a careless person would, triggers taken away. */
function tamper(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(`DROP TRIGGER IF EXISTS actsAreNotChanged; DROP TRIGGER IF EXISTS actsAreNotDeleted; ${sql}`)
  db.close()
}

test('rows come back as they were written, newest first', async () => {
  const { ledger } = await profileWithRows(3)
  const rows = await ledger.page(null, 2)
  expect(rows.map((row) => row.seq)).toEqual([3, 2])
  expect(rows[0]?.entry).toEqual(ledgerEntry('act-3'))
  expect((await ledger.page(2, 10)).map((row) => row.entry.act.id)).toEqual(['act-1'])
})

test('each row carries the hash of the row before it', async () => {
  const { ledger } = await profileWithRows(3)
  const [third, second, first] = await ledger.page(null, 3)
  expect(first?.prevHash).toBe('0'.repeat(64))
  expect(second?.prevHash).toBe(first?.hash)
  expect(third?.prevHash).toBe(second?.hash)
})

test('unsettled acts are those whose last row is in one of the states, of one account only', async () => {
  const { store } = startStore(freshProfile())
  const ledger = await store.openLedger()
  await ledger.append(ledgerEntry('done', 'intended'))
  await ledger.append(ledgerEntry('lost', 'intended'))
  await ledger.append(ledgerEntry('done', 'confirmed'))
  await ledger.append(ledgerEntry('lost', 'unconfirmed'))
  await ledger.append(ledgerEntry('new', 'intended'))
  await ledger.append(ledgerEntry('other', 'intended', { accountId: 'account-2' }))
  const found = await ledger.lastRows('account-1', ['intended', 'sent', 'unconfirmed'])
  expect(found.map((entry) => [entry.act.id, entry.state])).toEqual([
    ['lost', 'unconfirmed'],
    ['new', 'intended'],
  ])
})

test('texts of any kind are kept and verified', async () => {
  const { store } = startStore(freshProfile())
  const ledger = await store.openLedger()
  const reason = 'quote \' " back\\slash \u2028 emoji 🔥 nul \0 half \ud800 end'
  await ledger.append(ledgerEntry('odd', 'intended', { reason, incident: null, revertAt: null, seenTimestamp: null }))
  expect(await ledger.verify()).toBeNull()
  expect((await ledger.page(null, 1))[0]?.entry.act.reason).toContain('🔥 nul   half \ufffd end')
})

test('the database itself refuses to change or delete a row', async () => {
  const { path } = await profileWithRows(1)
  const db = new Database(path)
  expect(() => db.exec(`UPDATE acts SET reason = 'x'`)).toThrow(/append-only/)
  expect(() => db.exec('DELETE FROM acts')).toThrow(/append-only/)
  db.close()
})

test('a whole chain verifies, over more rows than one batch', async () => {
  const { ledger } = await profileWithRows(3)
  expect(await ledger.verify()).toBeNull()
})

const edits: [string, string][] = [
  ['seq', 'UPDATE acts SET seq = 9 WHERE seq = 2'],
  ['id', `UPDATE acts SET id = 'x' WHERE seq = 2`],
  ['at', 'UPDATE acts SET at = at + 1 WHERE seq = 2'],
  ['account', `UPDATE acts SET account = 'x' WHERE seq = 2`],
  ['kind', `UPDATE acts SET kind = 'x' WHERE seq = 2`],
  ['direction', `UPDATE acts SET direction = 'reconnect' WHERE seq = 2`],
  ['state', `UPDATE acts SET state = 'confirmed' WHERE seq = 2`],
  ['seenTimestamp', 'UPDATE acts SET seenTimestamp = NULL WHERE seq = 2'],
  ['reason', `UPDATE acts SET reason = '' WHERE seq = 2`],
  ['incident', 'UPDATE acts SET incident = NULL WHERE seq = 2'],
  ['revertAt', 'UPDATE acts SET revertAt = NULL WHERE seq = 2'],
  ['prevHash', `UPDATE acts SET prevHash = '${'0'.repeat(64)}' WHERE seq = 2`],
  ['hash', `UPDATE acts SET hash = '${'f'.repeat(64)}' WHERE seq = 2`],
  ['accountName', `UPDATE acts SET accountName = 'x' WHERE seq = 2`],
  ['seen', `UPDATE acts SET seen = 'on' WHERE seq = 2`],
  ['actAt', 'UPDATE acts SET actAt = actAt + 1 WHERE seq = 2'],
  ['note', `UPDATE acts SET note = '' WHERE seq = 2`],
]

test.each(edits)('an edited %s is found', async (_column, sql) => {
  const { path, ledger } = await profileWithRows(3)
  tamper(path, sql)
  expect(await ledger.verify()).toBe(2)
})

test('every column of the table is among the edits above', async () => {
  const { path } = await profileWithRows(1)
  const db = new Database(path)
  const columns = db.prepare(`SELECT name FROM pragma_table_info('acts')`).pluck().all()
  db.close()
  expect(new Set(columns)).toEqual(new Set(edits.map(([column]) => column)))
})

test('rows taken out of the middle, the beginning or the end are missed', async () => {
  for (const [seq, first] of [
    [2, 2],
    [1, 1],
    [3, 3],
  ] as const) {
    const { path, ledger } = await profileWithRows(3)
    tamper(path, `DELETE FROM acts WHERE seq = ${seq}`)
    expect(await ledger.verify()).toBe(first)
  }
})

test('after rows were cut off the end the next one does not hide it', async () => {
  const { path, ledger } = await profileWithRows(3)
  tamper(path, 'DELETE FROM acts WHERE seq = 3')
  await ledger.append(ledgerEntry('later'))
  expect(await ledger.verify()).toBe(3)
})

test('a row made unreadable is not shown as something else, and its act counts as it stood before', async () => {
  const { path, ledger } = await profileWithRows(1)
  await ledger.append({ ...ledgerEntry('act-1'), state: 'confirmed', at: start + 9 })
  tamper(path, `UPDATE acts SET state = 'nonsense' WHERE seq = 2`)
  expect((await ledger.page(null, 10)).map((row) => row.seq)).toEqual([1])
  expect(await ledger.lastRows('account-1', ['intended'])).toHaveLength(1)
})
