import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import { connections, settings } from './fixtures/answers.ts'
import { answer, refuse } from './fixtures/fake-bridge.ts'
import { go, openApp, press, settle, type } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { minute, now, viewOf } from './fixtures/snapshots.ts'

async function openSettings(...given: Parameters<typeof openApp>) {
  const bridge = await openApp(...given)
  await go('Settings')
  return bridge
}
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' })
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const helpOf = (input: HTMLElement) =>
  document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent

test('what is saved stands in the fields, with unit and range', async () => {
  await openSettings()
  expect(field('Read the fleet every').value).toBe('30')
  expect(helpOf(field('Read the fleet every'))).toContain('10 to 600 seconds')
})

test('changes are saved whole and said to be saved', async () => {
  const bridge = await openSettings()
  await type(field('Read the override every'), '5')
  await fireEvent.click(screen.getByLabelText('Light'))
  await fireEvent.click(screen.getByLabelText('Open at login'))
  await settle()
  expect(screen.getByText('Not saved yet.')).toBeTruthy()
  await press(save())
  expect(bridge.argsOf('saveSettings')).toEqual([
    { ...settings, overridePollSeconds: 5, theme: 'light', openAtLogin: true },
  ])
  expect(screen.getByText('Saved.')).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('every 5 s')
})

test.each([
  ['Read the fleet every', '9', 'Type a whole number from 10 to 600.'],
  ['Read the fleet every', '601', 'Type a whole number from 10 to 600.'],
  ['Read the fleet every', '12.5', 'Type a whole number from 10 to 600.'],
  ['Read the fleet every', '', 'Type a whole number from 10 to 600.'],
  ['Critical when this share is missing', '9', 'Type at least 10, the share for degraded, or lower that one.'],
])('%s does not take "%s"', async (label, text, words) => {
  await openSettings()
  await type(field(label), text)
  expect(field(label).getAttribute('aria-invalid')).toBe('true')
  expect(helpOf(field(label))).toBe(words)
  expect(save().disabled).toBe(true)
  await press(screen.getByRole('button', { name: 'Undo changes' }))
  expect(field(label).getAttribute('aria-invalid')).toBe('false')
  expect(save().disabled).toBe(false)
})

test('what main refuses is said, and stays in the form', async () => {
  await openSettings({}, { saveSettings: () => refuse('The settings could not be written: the disk is full.') })
  await type(field('Read the fleet every'), '60')
  await press(save())
  expect(screen.getByText('The settings could not be written: the disk is full.')).toBeTruthy()
  expect(field('Read the fleet every').value).toBe('60')
  expect(screen.queryByText('Saved.')).toBeNull()
})

test('notifications are paused for as long as was chosen', async () => {
  const bridge = await openSettings()
  await press(screen.getByRole('button', { name: '2 hours' }))
  await press(screen.getByRole('button', { name: 'until morning' }))
  expect(bridge.argsOf('pauseNotifications')).toEqual([{ until: '2 hours' }, { until: 'morning' }])
})

test('a pause shows its end and no second offer', async () => {
  await openSettings({ view: viewOf({ notificationsPausedUntil: now + 28 * minute }) })
  expect(screen.getByText(/^Paused until/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: '2 hours' })).toBeNull()
})

test('what could not be read is not shown as empty', async () => {
  await openSettings(situations.failed)
  expect(screen.getByText('The connections could not be read.')).toBeTruthy()
  expect(screen.getByText('The settings could not be read.')).toBeTruthy()
  expect(screen.queryByText('Reading…')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull()
})

const card = (name: string) => within(screen.getByRole('listitem', { name }))

test('an act token is replaced, forgotten, or added where there is none', async () => {
  const bridge = await openSettings()
  await press(card('Acme Corp').getByRole('button', { name: 'Replace act token' }))
  await type(field('New act token'), ' sharp ')
  await press(screen.getByRole('button', { name: 'Save token' }))
  expect(bridge.argsOf('replaceToken')).toEqual([
    { connection: 'acme', role: 'act', token: 'sharp', holdInMemory: false },
  ])
  expect(screen.queryByLabelText('New act token')).toBeNull()
  await press(card('Acme Corp').getByRole('button', { name: 'Forget act token' }))
  expect(bridge.argsOf('forgetActToken')).toEqual([{ connection: 'acme' }])
})

test('a token that the keychain does not take can be held in memory', async () => {
  const bridge = await openSettings(
    {},
    {
      replaceToken: ({ holdInMemory }) =>
        holdInMemory ? answer(null) : refuse('The keychain did not answer.', 'keychain'),
    },
  )
  await press(card('Acme Corp').getByRole('button', { name: 'Replace token' }))
  await type(field('New token'), 'blunt')
  await press(screen.getByRole('button', { name: 'Save token' }))
  expect(screen.getByText('The keychain did not answer.')).toBeTruthy()
  await press(screen.getByRole('button', { name: 'Hold it in memory until I quit' }))
  expect(bridge.argsOf('replaceToken').at(-1)).toMatchObject({ role: 'watch', holdInMemory: true })
})

test('forgetting a connection asks first and offers to export the ledger', async () => {
  const bridge = await openSettings()
  await press(card('Acme Corp').getByRole('button', { name: 'Forget connection' }))
  expect(bridge.argsOf('forgetConnection')).toEqual([])
  await press(screen.getByRole('button', { name: 'Export ledger…' }))
  expect(bridge.argsOf('exportLedger')).toHaveLength(1)
  await press(screen.getByRole('button', { name: 'Forget and delete' }))
  expect(bridge.argsOf('forgetConnection')).toEqual([{ connection: 'acme' }])
})

test('another connection can be watched, and a demo has no token to replace', async () => {
  const demo = { ...connections[0]!, id: 'demo', accountName: 'Demo fleet', isDemo: true, isActive: false }
  const bridge = await openSettings({}, { connections: () => answer([...connections, demo]) })
  expect(card('Demo fleet').queryByRole('button', { name: /token/ })).toBeNull()
  expect(card('Acme Corp').queryByRole('button', { name: 'Watch this one' })).toBeNull()
  await press(card('Demo fleet').getByRole('button', { name: 'Watch this one' }))
  expect(bridge.argsOf('activateConnection')).toEqual([{ connection: 'demo' }])
})

test('one token for both and tokens in memory are named', async () => {
  await openSettings(
    {},
    {
      connections: () => answer([{ ...connections[0]!, actsWith: 'watchToken', tokensHeldIn: 'memory' }]),
    },
  )
  expect(screen.getByText(/which is weaker.*held in memory and are gone when you quit/)).toBeTruthy()
})
