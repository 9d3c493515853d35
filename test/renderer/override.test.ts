import { screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import type { OverrideIntent } from '../../main/engine/override/act.ts'
import { ledger } from './fixtures/answers.ts'
import { answer } from './fixtures/fake-bridge.ts'
import { go, openApp, pass, press, settle, textOf } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { act, minute, now, overrideOff, overrideOn, second, viewOf } from './fixtures/snapshots.ts'

async function openOverride(...given: Parameters<typeof openApp>) {
  const bridge = await openApp(...given)
  await go('Override')
  return bridge
}
const seen = () => textOf(screen.getByRole('region', { name: 'What is seen' }))
const doing = () => within(screen.getByRole('region', { name: 'What Fleetlight is doing' }))
const intending = (intent: OverrideIntent) => ({ view: viewOf({ override: { ...overrideOff, intent } }) })

test('what is seen says state, since when, by whom, why and how old that is', async () => {
  await openOverride()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Override off')
  expect(seen()).toMatch(
    /State off Switched 12 Nov .*, 3 d 17 h ago By jo@acme.example, via the dashboard Reason carrier back to normal Read 4 s ago/,
  )
})

test('our own switch shows the reason alone, not the line that carries it', async () => {
  await openOverride(situations.overrideOn)
  expect(seen()).toContain('By fleetlight-act token, from this Fleetlight')
  expect(seen()).toContain(`Reason ${act.reason} Read`)
})

test.each([
  ['notInLogYet', 'not in the audit log yet'],
  ['notPermitted', 'this token may not read the audit log (needs Account Settings Read)'],
  ['notAsked', 'the audit log has not been asked'],
] as const)('who switched it, when that is %s', async (kind, words) => {
  await openOverride({ view: viewOf({ override: { ...overrideOff, switchedBy: { kind } } }) })
  expect(seen()).toContain(`By ${words}`)
})

test('devices are counted as they follow', async () => {
  await openOverride(situations.overrideOn)
  expect(doing().getByRole('progressbar').getAttribute('aria-valuenow')).toBe('65')
  const text = textOf(screen.getByRole('region', { name: 'What Fleetlight is doing' }))
  expect(text).toContain('Connected before 9,412')
  expect(text).toContain('Connected now 3,318 12 s ago')
  expect(doing().getByText('Devices follow').getAttribute('aria-current')).toBe('step')
})

test('a lost answer is unconfirmed, with its cause, and is not sent again', async () => {
  await openOverride(situations.unconfirmed)
  expect(doing().getByRole('heading').textContent).toContain('Unconfirmed: the disconnect may or may not')
  expect(doing().getByText(/No answer came.*It is not sent again\./)).toBeTruthy()
})

const at = now - minute
test.each<[string, OverrideIntent, RegExp]>([
  [
    'confirming',
    { kind: 'confirming', actId: act.id, direction: 'disconnect', openedAt: at },
    /window to confirm a disconnect is open/,
  ],
  ['being written', { kind: 'sending', act, callId: null }, /being written to the ledger; only then is it sent/],
  ['being sent', { kind: 'sending', act, callId: 3 }, /in the ledger and on its way, once/],
  [
    'left by a crash',
    { kind: 'unconfirmed', act, since: at, cause: { kind: 'crash' } },
    /Fleetlight ended in the middle/,
  ],
  ['done', { kind: 'settled', act, at, outcome: 'done' }, /Done: the override is on/],
  ['contradicted', { kind: 'settled', act, at, outcome: 'contradicted' }, /did not hold: a reading shows the opposite/],
  [
    'refused',
    { kind: 'refused', act, at, failure: { kind: 'forbidden', scope: 'Zero Trust Resilience Write', detail: '' } },
    /was refused; nothing was switched.*“Zero Trust Resilience Write”.*attempt is in the ledger/,
  ],
])('an act that is %s says so', async (_, intent, words) => {
  await openOverride(intending(intent))
  expect(textOf(screen.getByRole('region', { name: 'What Fleetlight is doing' }))).toMatch(words)
})

test('devices that come back are counted without a share of drops', async () => {
  const convergence = {
    direction: 'reconnect' as const,
    since: at,
    connectedBefore: 3_318,
    connectedNow: 8_000,
    asOf: now - 5 * second,
  }
  await openOverride({ view: viewOf({ override: { ...overrideOn, state: 'off', convergence } }) })
  expect(doing().getByText('8,000', { exact: false })).toBeTruthy()
  expect(doing().queryByRole('progressbar')).toBeNull()
})

test('every row of the ledger has its state in words', async () => {
  await openOverride()
  const rows = within(screen.getByRole('region', { name: 'Ledger' }))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => textOf(within(row).getAllByRole('cell')[3]!))).toEqual([
    'confirmed',
    'sent',
    'intended',
    'refused',
    'unconfirmed',
    'contradicted',
  ])
  expect(rows[3]!.textContent).toContain('the token needs Zero Trust Resilience Write')
})

test('a chain that does not hold is told, with the row', async () => {
  await openOverride({}, { ledger: () => answer({ rows: ledger, brokenAt: 29 }) })
  expect(screen.getByText(/does not hold from row 29 on/).closest('[role=alert]')).toBeTruthy()
})

test('the ledger is exported by main', async () => {
  const bridge = await openOverride()
  await press(screen.getByRole('button', { name: 'Export…' }))
  expect(bridge.argsOf('exportLedger')).toHaveLength(1)
})

test('a new row appears while the view is open', async () => {
  let rows = ledger.slice(1)
  await openOverride({}, { ledger: () => answer({ rows, brokenAt: null }) })
  expect(screen.queryByText('confirmed')).toBeNull()
  rows = [...ledger]
  await pass(6 * second)
  expect(screen.getByText('confirmed')).toBeTruthy()
})

test('the ledger is read anew when the view is opened, and at each step of an act', async () => {
  let rows = ledger.slice(2)
  const bridge = await openApp({}, { ledger: () => answer({ rows, brokenAt: null }) })
  rows = ledger.slice(1)
  await go('Override')
  expect(screen.getByText('sent')).toBeTruthy()
  rows = [...ledger]
  bridge.push(situations.overrideOn.view)
  await settle()
  expect(screen.getByText('confirmed')).toBeTruthy()
})

test('an empty and an unreadable ledger look like themselves', async () => {
  await openOverride({}, { ledger: () => answer({ rows: [], brokenAt: null }) })
  expect(screen.getByText('Nothing has been switched from this profile.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Export…' })).toBeNull()
})

test('a ledger that cannot be read says why', async () => {
  await openOverride(situations.failed)
  expect(screen.getByText(/The ledger could not be read: The disk is full/)).toBeTruthy()
})

test('an observer is led to where an act token is added', async () => {
  await openOverride(situations.demoObserver)
  expect(screen.queryByRole('button', { name: /disconnect…/ })).toBeNull()
  await press(screen.getByRole('button', { name: 'Add an act token' }))
  expect(screen.getByRole('heading', { name: 'Connections' })).toBeTruthy()
})
