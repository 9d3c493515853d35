import { expect, test, vi } from 'vitest'
import { z } from 'zod'

import { openGate, type Sender } from '../../main/desktop/ipc-gate.ts'
import { commands } from '../../preload/contract.ts'

const contents = {}
const ours: Sender = { sender: contents, senderFrame: { origin: 'app://dashboard', parent: null } }
const schemas = { greet: z.strictObject({ name: z.string().max(5) }), fail: z.strictObject({}) }

function makeGate({ isOpen = true } = {}) {
  const log = vi.fn()
  const greet = vi.fn(({ name }: { name: string }) => Promise.resolve({ ok: true, value: `hello ${name}` } as const))
  const gate = openGate<typeof schemas, { greet: string; fail: null }>({
    channel: 'test',
    contents: () => (isOpen ? contents : null),
    origin: 'app://dashboard',
    schemas,
    handlers: { greet, fail: () => Promise.reject(new Error('disk on fire')) },
    log,
  })
  return { gate, log, greet }
}

test('a command of our own page runs', async () => {
  const { gate, log } = makeGate()
  expect(await gate(ours, 'greet', { name: 'Ann' })).toEqual({ ok: true, value: 'hello Ann' })
  expect(log).not.toHaveBeenCalled()
})

const goneFrame = {
  get origin(): string {
    throw new Error('Render frame was disposed')
  },
  parent: null,
}

test.each<[string, Sender]>([
  ['another window', { ...ours, sender: {} }],
  ['a frame within the page', { sender: contents, senderFrame: { origin: 'app://dashboard', parent: {} } }],
  ['a foreign page in our window', { sender: contents, senderFrame: { origin: 'null', parent: null } }],
  ['the page of the other window', { sender: contents, senderFrame: { origin: 'app://confirm', parent: null } }],
  ['a longer origin', { sender: contents, senderFrame: { origin: 'app://dashboard.evil', parent: null } }],
  ['a frame that is gone', { sender: contents, senderFrame: null }],
  ['a frame that goes while it is asked', { sender: contents, senderFrame: goneFrame }],
])('%s is refused before anything is looked at', async (_who, sender) => {
  const { gate, log, greet } = makeGate()
  expect(await gate(sender, 'greet', { name: 'Ann' })).toMatchObject({ ok: false, kind: 'refused' })
  expect(greet).not.toHaveBeenCalled()
  expect(log).toHaveBeenCalledWith('message refused', expect.objectContaining({ channel: 'test', command: 'greet' }))
})

test('nobody is answered while no window is open', async () => {
  const { gate } = makeGate({ isOpen: false })
  expect(await gate(ours, 'greet', { name: 'Ann' })).toMatchObject({ ok: false })
})

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'nothing', 7, null, undefined, ['greet']])(
  'a command that is not in the contract is refused: %s',
  async (command) => {
    const { gate } = makeGate()
    expect(await gate(ours, command, {})).toMatchObject({ ok: false, kind: 'refused' })
  },
)

test('arguments of another shape are refused with the place, and neither log nor reply repeats them', async () => {
  const { gate, log, greet } = makeGate()
  for (const args of [{ name: 's3cret' }, { name: 7 }, {}, null, undefined, { name: 'Ann', s3cret: 1 }.name]) {
    expect(await gate(ours, 'greet', args)).toMatchObject({ ok: false, kind: 'refused' })
  }
  const reply = await gate(ours, 'greet', { name: 's3cret' })
  expect(reply).toMatchObject({ message: expect.stringMatching(/name: /) as unknown })
  expect(JSON.stringify([reply, log.mock.calls])).not.toContain('s3cret')
  expect(greet).not.toHaveBeenCalled()
})

test('what follows an unknown command never reaches the log', async () => {
  const { gate, log } = makeGate()
  await gate(ours, 'give me s3cret', { token: 's3cret' })
  expect(log).toHaveBeenCalledOnce()
  expect(JSON.stringify(log.mock.calls)).not.toContain('s3cret')
})

test('a handler that throws is a bug: logged, and answered without its inside', async () => {
  const { gate, log } = makeGate()
  const reply = await gate(ours, 'fail', {})
  expect(reply).toMatchObject({ ok: false, kind: 'bug' })
  expect(JSON.stringify(reply)).not.toContain('disk on fire')
  const fields = { channel: 'test', command: 'fail', message: expect.stringContaining('disk on fire') as unknown }
  expect(log).toHaveBeenCalledWith('command failed', fields)
})

test('no command of the contract takes anything but what it names', () => {
  for (const [name, schema] of Object.entries(commands)) {
    const issues = schema.safeParse({ smuggled: 1 }).error?.issues ?? []
    expect(
      issues.map(({ code }) => code),
      name,
    ).toContain('unrecognized_keys')
  }
})
