import { screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import type { ActivityEntry } from '../../main/engine/events.ts'
import { activity } from './fixtures/answers.ts'
import { answer, refuse } from './fixtures/fake-bridge.ts'
import { go, openApp, pass, press } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { now, second } from './fixtures/snapshots.ts'

async function openActivity(...given: Parameters<typeof openApp>) {
  const bridge = await openApp(...given)
  await go('Activity')
  return bridge
}
const rows = () =>
  screen.getAllByRole('listitem').filter((item) => within(item).queryByText(/^(saw|did|failed|told you)$/))
const heading = () => screen.getByRole('heading', { level: 1 }).textContent

test('the newest thing that happened is the sentence, not that it was told', async () => {
  await openActivity()
  expect(heading()).toBe('2,614 devices lost connection since 03:06')
  expect(screen.getByText('The newest of what Fleetlight saw and did, 24 min ago')).toBeTruthy()
})

test('entries are grouped by day, newest first, each with its kind and the shape of its tone', async () => {
  await openActivity()
  expect(screen.getAllByRole('heading', { level: 2 })[0]!.textContent).toMatch(/^Today, /)
  expect(within(rows()[0]!).getByText('told you')).toBeTruthy()
  expect(within(rows()[0]!).getByRole('img', { name: 'Critical' })).toBeTruthy()
})

test('older entries come page by page until there are none', async () => {
  const bridge = await openActivity()
  expect(rows()).toHaveLength(50)
  await press(screen.getByRole('button', { name: 'Show older' }))
  expect(bridge.argsOf('activity').at(-1)).toEqual({ before: activity[49]!.at })
  expect(rows()).toHaveLength(activity.length)
  expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull()
})

test('what is new comes on top while older pages stay', async () => {
  const fresh: ActivityEntry = { at: now, kind: 'saw', tone: 'well', text: 'Connected devices are back' }
  let all = activity
  await openActivity(
    {},
    { activity: ({ before }) => answer(all.filter(({ at }) => before === null || at < before).slice(0, 50)) },
  )
  await press(screen.getByRole('button', { name: 'Show older' }))
  all = [fresh, ...activity]
  await pass(6 * second)
  expect(heading()).toBe('Connected devices are back')
  expect(rows()).toHaveLength(activity.length + 1)
})

test('nothing yet, reading and failing look like themselves', async () => {
  await openActivity({}, { activity: () => answer([]) })
  expect(heading()).toBe('Nothing has happened yet')
})

test('reading is said', async () => {
  await openActivity(situations.loading)
  expect(heading()).toBe('Reading what was recorded…')
})

test('a failure is never "nothing happened"', async () => {
  await openActivity(situations.failed)
  expect(heading()).toBe('The activity could not be read')
  expect(screen.getByText('The disk is full.')).toBeTruthy()
})

test('a refresh that failed leaves the entries and says so', async () => {
  let isBroken = false
  await openActivity({}, { activity: () => (isBroken ? refuse('The disk is full.') : answer(activity)) })
  isBroken = true
  await pass(6 * second)
  expect(screen.getByText(/^Not refreshed since .*: The disk is full\.$/)).toBeTruthy()
  expect(rows()).toHaveLength(activity.length)
})
