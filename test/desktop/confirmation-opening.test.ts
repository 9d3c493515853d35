import { expect, test, vi } from 'vitest'

import { ConfirmationOpening } from '../../main/desktop/confirmation-opening.ts'
import type { Reply } from '../../preload/contract.ts'

const nonce = 'a9a5cf2b-7f43-4d63-9b4a-9f2f5f0a2b11'
const plan = {
  nonce,
  direction: 'disconnect',
  accountName: 'Example Ltd',
  isDemo: false,
  mustTypeAccount: false,
  seen: 'off',
  seenAsOf: 1,
  summary: '',
  consequences: [],
  affects: 3,
  factsAsOf: 1,
  suggestedReason: '',
  refusal: null,
} as const
const input = { nonce, reason: 'because', typedAccount: '' }

function open(reply: Reply<null> = { ok: true, value: null }) {
  const onAct = vi.fn(() => Promise.resolve(reply))
  const close = vi.fn()
  const opening = new ConfirmationOpening({ plan, onAct, onClosed: () => undefined }, close)
  return { handlers: opening.handlers, onAct, close }
}

test('the plan of this opening is shown', async () => {
  expect(await open().handlers.plan({})).toEqual({ ok: true, value: plan })
})

test('an act with the nonce of this opening runs once, without its nonce, and closes the window', async () => {
  const { handlers, onAct, close } = open()
  expect(await handlers.act(input)).toEqual({ ok: true, value: null })
  expect(onAct).toHaveBeenCalledExactlyOnceWith({ reason: 'because', typedAccount: '' })
  expect(close).toHaveBeenCalledOnce()
})

test('a second act is refused, also while the first one is under way', async () => {
  const { handlers, onAct } = open()
  const replies = await Promise.all([handlers.act(input), handlers.act(input)])
  expect(replies.map(({ ok }) => ok)).toEqual([true, false])
  expect(await handlers.act(input)).toMatchObject({ ok: false, kind: 'nonce' })
  expect(onAct).toHaveBeenCalledOnce()
})

test('the nonce of another opening acts on nothing and uses nothing up', async () => {
  const { handlers, onAct } = open()
  const foreign = { ...input, nonce: 'b9a5cf2b-7f43-4d63-9b4a-9f2f5f0a2b11' }
  expect(await handlers.act(foreign)).toMatchObject({ ok: false, kind: 'nonce' })
  expect(onAct).not.toHaveBeenCalled()
  expect(await handlers.act(input)).toMatchObject({ ok: true })
})

test('a refusal of main stays in the window, and its nonce is used up', async () => {
  const { handlers, close } = open({ ok: false, kind: 'refused', message: 'No.' })
  expect(await handlers.act(input)).toEqual({ ok: false, kind: 'refused', message: 'No.' })
  expect(close).not.toHaveBeenCalled()
  expect(await handlers.act(input)).toMatchObject({ kind: 'nonce' })
})

test('cancelling closes the window and nothing else', async () => {
  const { handlers, onAct, close } = open()
  await handlers.cancel({})
  expect(close).toHaveBeenCalledOnce()
  expect(onAct).not.toHaveBeenCalled()
})
