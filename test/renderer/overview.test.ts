import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import { answer, refuse } from './fixtures/fake-bridge.ts'
import { seriesOf } from './fixtures/answers.ts'
import { go, openApp, pass, press, settle, textOf } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { act, connection, fleet, minute, now, overrideOff, overrideOn, second, viewOf } from './fixtures/snapshots.ts'

const heading = () => screen.getByRole('heading', { level: 1 }).textContent
const figures = () => [...screen.getByLabelText('Figures of the fleet').children].map(textOf)
const ranges = () => within(screen.getByRole('group', { name: 'Time shown' }))

test('a sentence comes first, then every figure with its window and its age', async () => {
  await openApp()
  expect(heading()).toBe('9,412 devices are connected, as expected')
  expect(figures()).toEqual([
    'Connected 9,412 last 5 min · 12 s ago',
    'Against the last 30 min −9 under 0.1 % 9,421 expected · 12 s ago',
    'Disconnected 410 last 5 min · 12 s ago',
    'Paused 38 last 5 min · 12 s ago',
    'Devices seen 9,860 last 5 min · 12 s ago',
  ])
})

test('ages move on by themselves', async () => {
  await openApp()
  await pass(3 * second)
  expect(figures()[0]).toContain('15 s ago')
})

test('an old figure greys and its age comes forward', async () => {
  await openApp(situations.stale)
  expect(figures()[0]).toBe('Connected 9,412 last 5 min · 8 min old')
  expect(screen.getByText('Connected').closest('.old')).toBeTruthy()
  expect(screen.getAllByText('8 min old')[0]?.classList).toContain('old')
})

test('a group that Cloudflare did not send is not zero', async () => {
  await openApp({ view: viewOf({ fleet: { ...fleet, by: { ...fleet.by, status: null, colo: null } } }) })
  expect(figures()[2]).toContain('Disconnected not sent')
  expect(screen.getByText('Cloudflare sent none.')).toBeTruthy()
})

test('a status without a figure of its own is counted with its name', async () => {
  const counts = [...(fleet.by.status?.counts ?? []), { value: 'connecting', count: 7 }]
  await openApp({ view: viewOf({ fleet: { ...fleet, by: { ...fleet.by, status: { counts, others: 0 } } } }) })
  expect(figures().some((figure) => figure.startsWith('Status “connecting” 7'))).toBe(true)
})

test('an incident is named with what is missing and since when', async () => {
  await openApp(situations.outage)
  expect(screen.getByText(/^INC-[A-Z0-9]{6} since \d\d:\d\d$/)).toBeTruthy()
  const panel = within(screen.getByRole('region', { name: 'Open incidents' }))
  expect(panel.getByText('2,614 devices lost connection since 03:06')).toBeTruthy()
  expect(panel.getByText(/2,614 of 9,421 expected, 27.7/)).toBeTruthy()
  expect(panel.getByText(/, 26 min$/)).toBeTruthy()
})

test.each([
  ['loading', 'Reading the fleet'],
  ['offline', 'No network'],
  ['forbidden', 'The fleet may not be read with this token'],
  ['failed', 'The fleet could not be read'],
  ['emptyFleet', 'Cloudflare counts no device at all'],
] as const)('%s looks like itself', async (name, title) => {
  const bridge = await openApp(situations[name])
  expect(screen.getByRole('heading', { level: 2, name: title })).toBeTruthy()
  const again = screen.queryByRole('button', { name: 'Read now' })
  if (name === 'loading') {
    expect(again).toBeNull()
    return
  }
  await press(again!)
  expect(bridge.argsOf('refresh')).toHaveLength(1)
})

test('a missing permission is named with what to do', async () => {
  await openApp(situations.forbidden)
  expect(screen.getByText(/Add “Cloudflare DEX Read” to it in Cloudflare’s dashboard, or replace it/)).toBeTruthy()
})

test('the override stands beside the sentence with its age, and its button asks main', async () => {
  const bridge = await openApp()
  expect(textOf(screen.getByText('Override off').closest('button')!)).toMatch(/since 12 Nov \d\d:\d\d · read 4 s ago/)
  await press(screen.getByRole('button', { name: 'Emergency disconnect…' }))
  expect(bridge.argsOf('openConfirmation')).toEqual([{ direction: 'disconnect' }])
})

test('while it is on, only the way back is offered', async () => {
  const bridge = await openApp(situations.overrideOn)
  expect(screen.getByText('Override ON')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Emergency disconnect…' })).toBeNull()
  await press(screen.getByRole('button', { name: 'Reconnect the fleet…' }))
  expect(bridge.argsOf('openConfirmation')).toEqual([{ direction: 'reconnect' }])
})

test('an unknown override is never called off, and both ways are offered', async () => {
  await openApp(situations.unknownOverride)
  expect(screen.getByText('Override unknown')).toBeTruthy()
  expect(screen.queryByText('Override off')).toBeNull()
  expect(screen.getAllByRole('button', { name: /…$/ })).toHaveLength(2)
})

test('an observer is told so and meets no dead button', async () => {
  await openApp({ view: viewOf({ connection: { ...connection, actsWith: 'none' } }) })
  expect(screen.getByText(/^Observer/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /disconnect/i })).toBeNull()
  expect(screen.getAllByRole<HTMLButtonElement>('button').filter(({ disabled }) => disabled)).toEqual([])
  await press(screen.getByRole('button', { name: 'Add an act token' }))
  expect(screen.getByRole('heading', { name: 'Connections' })).toBeTruthy()
})

test('nothing can be asked for twice while a switch is being sent', async () => {
  const sending = { ...overrideOff, intent: { kind: 'sending' as const, act, callId: 4 } }
  await openApp({ view: viewOf({ override: sending }) })
  expect(screen.getByText('A switch is being sent.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Emergency disconnect…' })).toBeNull()
})

test('an act that was refused says so on the overview, with the permission, and does not stay for ever', async () => {
  const failure = { kind: 'forbidden' as const, scope: 'Zero Trust Resilience Write', detail: '' }
  const intent = { kind: 'refused' as const, act, at: now - 29 * minute, failure }
  await openApp({ view: viewOf({ override: { ...overrideOff, intent } }) })
  const title = screen.getByText('The disconnect was refused; nothing was switched.')
  expect(title.getAttribute('role')).toBe('alert')
  expect(title.parentElement?.textContent).toContain('Zero Trust Resilience Write')
  await press(screen.getByRole('button', { name: 'Show details' }))
  expect(screen.getByRole('region', { name: 'What Fleetlight is doing' })).toBeTruthy()
  await go('Overview')
  await pass(2 * minute)
  expect(screen.queryByText('The disconnect was refused; nothing was switched.')).toBeNull()
})

test('an act that is done is no longer named on the overview', async () => {
  const intent = { kind: 'settled' as const, act, at: now - second, outcome: 'done' as const }
  await openApp({ view: viewOf({ override: { ...overrideOn, intent } }) })
  expect(screen.queryByRole('button', { name: 'Show details' })).toBeNull()
})

test('each range is asked for by name of its hours', async () => {
  const bridge = await openApp()
  for (const label of ['1 h', '24 h', '7 d']) {
    await fireEvent.click(ranges().getByLabelText(label))
    await settle()
  }
  expect(bridge.argsOf('series').map(({ hours }) => hours)).toEqual([6, 1, 24, 168])
})

test('the values of a chart are a table that the keyboard reaches', async () => {
  await openApp()
  await press(screen.getByRole('button', { name: 'Show as table' }))
  const region = screen.getByRole('region', { name: 'Devices by status as a table' })
  expect(region.tabIndex).toBe(0)
  const table = within(region)
  expect(table.getAllByRole('columnheader').map(textOf)).toEqual(['Time', 'connected', 'disconnected', 'paused'])
  const newest = table.getAllByRole('row')[1]!
  expect(within(newest).getAllByRole('cell').map(textOf)[1]).toBe('413')
})

test('what was never recorded is said in the table, not shown as zero', async () => {
  await openApp(situations.firstMinutes, {
    series: ({ dimension, hours }) => answer(seriesOf(dimension, hours, now, { from: now - 9 * minute })),
  })
  await press(screen.getByRole('button', { name: 'Show as table' }))
  expect(screen.getAllByText('not recorded').length).toBeGreaterThan(100)
})

test('lines that could not be read say why, and are asked for again', async () => {
  let isBroken = true
  const bridge = await openApp(
    {},
    {
      series: ({ dimension, hours }) =>
        isBroken ? refuse('The database is busy.') : answer(seriesOf(dimension, hours, now)),
    },
  )
  expect(screen.getByText('The database is busy.')).toBeTruthy()
  isBroken = false
  await pass(21 * second)
  expect(screen.queryByText('The database is busy.')).toBeNull()
  expect(bridge.argsOf('series')).toHaveLength(2)
})

test('older lines stay when a refresh fails, and say since when', async () => {
  let isBroken = false
  await openApp(
    {},
    {
      series: ({ dimension, hours }) =>
        isBroken ? refuse('The database is busy.') : answer(seriesOf(dimension, hours, now)),
    },
  )
  isBroken = true
  await pass(21 * second)
  expect(screen.getByText(/^not refreshed since .*: The database is busy\.$/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Show as table' })).toBeTruthy()
})

test('nothing recorded yet is said, and what is recorded first appears soon', async () => {
  let from = now + minute
  await openApp({}, { series: ({ dimension, hours }) => answer(seriesOf(dimension, hours, now, { from })) })
  expect(screen.getByText(/^Nothing is recorded for this time yet/)).toBeTruthy()
  from = now - minute
  await pass(6 * second)
  expect(screen.getByRole('button', { name: 'Show as table' })).toBeTruthy()
})

test('an axis that does not begin at zero says so, and zero is one press away', async () => {
  await openApp()
  expect(screen.getByText(/^axis starts at 8,/)).toBeTruthy()
  await press(screen.getByRole('button', { name: 'From zero' }))
  expect(screen.getByText('axis starts at 0')).toBeTruthy()
})

test('a value of a breakdown draws its own history, and a second press leaves it', async () => {
  const bridge = await openApp()
  const value = () => screen.getByRole('button', { name: /^2026\.9\.1/ })
  await press(value())
  expect(bridge.argsOf('series').at(-1)).toEqual({ dimension: 'version', hours: 6 })
  expect(screen.getByRole('heading', { level: 2, name: '2026.9.1' })).toBeTruthy()
  await press(value())
  expect(screen.getByRole('heading', { level: 2, name: 'Devices by status' })).toBeTruthy()
})

test('a long breakdown shows its largest, all of them on demand, and the rest added up', async () => {
  await openApp()
  expect(screen.queryByRole('button', { name: /^SYD/ })).toBeNull()
  await press(screen.getByRole('button', { name: '9 more of Colo' }))
  expect(screen.getByRole('button', { name: /^SYD/ })).toBeTruthy()
  expect(textOf(screen.getByText('all others').parentElement!)).toBe('all others 8')
})
