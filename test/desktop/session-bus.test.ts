import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'

import { startDesk, type Desk } from '../../build/desk.ts'
import { busItself, openSessionBus, type SessionBus } from '../../main/desktop/session-bus.ts'
import { busSockets } from '../../main/desktop/session-bus-address.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const nameOwnerChanged = { interface: busItself.interface, member: 'NameOwnerChanged' }

let desk: Desk | null = null

afterEach(async () => {
  await desk?.stop()
  desk = null
})

async function realBus(): Promise<SessionBus> {
  desk ??= await startDesk({ keyring: 'none', hasTrayHost: false, hasNotifications: false })
  return opened(desk.env)
}

async function opened(env: NodeJS.ProcessEnv): Promise<SessionBus> {
  const bus = await openSessionBus(env)
  if (!bus.ok) throw new Error(bus.failure.detail)
  onTestFinished(() => {
    bus.value.close()
  })
  return bus.value
}

/** A socket on which something answers whatever it is sent; the environment that names it as the session bus. */
async function socketThat(answers: (said: string, socket: Socket) => void): Promise<NodeJS.ProcessEnv> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-bus-'))
  const server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      answers(chunk.toString(), socket)
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(path.join(folder, 'bus'))
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })
  return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus` }
}

describe('on a real session bus', () => {
  test('a call returns the values of its reply, whatever their types', async () => {
    const bus = await realBus()
    const properties = { ...busItself, interface: 'org.freedesktop.DBus.Properties', member: 'GetAll' }
    const answer = await bus.call({ ...properties, args: [busItself.interface] })
    expect(answer).toMatchObject({ ok: true })
    const found = new Map(answer.ok ? (answer.value[0] as [string, unknown][]) : [])
    expect(found.get('Interfaces')).toContain('org.freedesktop.DBus.Monitoring')
    const user = await bus.call({ ...busItself, member: 'GetConnectionUnixUser', args: [busItself.destination] })
    expect(user).toEqual({ ok: true, value: [process.getuid?.()] })
  })

  test('a refusal is a value with its name', async () => {
    const bus = await realBus()
    expect(await bus.call({ ...busItself, member: 'GetNameOwner', args: ['no.such.name'] })).toMatchObject({
      ok: false,
      failure: { kind: 'refused', error: 'org.freedesktop.DBus.Error.NameHasNoOwner' },
    })
  })

  test('a call that nobody answers ends at its deadline', async () => {
    const bus = await realBus()
    const heard = new Promise<string>((resolve) => {
      void bus.listen(nameOwnerChanged, ([name]) => {
        resolve(String(name))
      })
    })
    await bus.call({ ...busItself, member: 'GetId', args: [] })
    await realBus() // another one of us, who answers no calls
    const silent = { destination: await heard, path: '/', interface: 'a.b', member: 'C', args: ['x', 'ü'] }
    expect(await bus.call(silent, 50)).toMatchObject({ failure: { kind: 'timeout' } })
  })

  test('signals are heard until the undo', async () => {
    const bus = await realBus()
    const heard: unknown[] = []
    const undo = await bus.listen(nameOwnerChanged, (args) => heard.push(args))
    const another = await realBus()
    await vi.waitFor(() => {
      expect(heard).toHaveLength(1)
    })
    undo()
    another.close()
    await realBus()
    await bus.call({ ...busItself, member: 'GetId', args: [] })
    expect(heard).toHaveLength(1)
  })

  test('only signals with the wanted first argument are heard', async () => {
    const bus = await realBus()
    const heard: unknown[] = []
    await bus.listen(nameOwnerChanged, () => heard.push('any'))
    await bus.listen({ ...nameOwnerChanged, arg0: 'no.such.name' }, () => heard.push('wanted'))
    await realBus()
    await bus.call({ ...busItself, member: 'GetId', args: [] })
    expect(heard).toEqual(['any'])
  })

  test('when the bus goes, what waits ends, whoever asked is told once, and nothing is tried again', async () => {
    const bus = await realBus()
    const told = vi.fn()
    bus.onClosed(told)
    await desk?.stop()
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalledOnce()
    })
    expect(await bus.call({ ...busItself, member: 'GetId', args: [] })).toMatchObject({ failure: { kind: 'closed' } })
    const late = vi.fn()
    bus.onClosed(late)
    expect(late).toHaveBeenCalledOnce()
  })
})

describe('without a bus, its absence is a value', () => {
  test.each([
    ['nobody names one', {}],
    ['nothing is there', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['it is of a kind that we do not speak', { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=127.0.0.1,port=1' }],
  ])('when %s', async (_, env) => {
    expect(await openSessionBus(env)).toMatchObject({ ok: false, failure: { kind: 'absent' } })
  })

  test('when it lets us not in', async () => {
    const env = await socketThat((_, socket) => socket.write('REJECTED KERBEROS_V4\r\n'))
    expect(await openSessionBus(env)).toMatchObject({
      failure: { kind: 'absent', detail: expect.stringMatching(/REJECTED/) as string },
    })
  })

  test('when it hangs up', async () => {
    const env = await socketThat((_, socket) => socket.destroy())
    expect(await openSessionBus(env)).toMatchObject({ failure: { kind: 'absent' } })
  })

  test('when it says nothing', async () => {
    const env = await socketThat(() => undefined)
    expect(await openSessionBus(env)).toMatchObject({ failure: { kind: 'absent' } })
  })

  test('when it speaks another language', async () => {
    const env = await socketThat((said, socket) =>
      socket.write(said.includes('BEGIN') ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : 'OK 0123\r\n'),
    )
    expect(await openSessionBus(env)).toMatchObject({
      failure: { kind: 'absent', detail: expect.stringMatching(/no message/) as string },
    })
  })

  test('but one of several is enough', async () => {
    await realBus()
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=/nonexistent/bus;${desk?.env.DBUS_SESSION_BUS_ADDRESS}` }
    await expect(opened(env)).resolves.toBeDefined()
  })
})

test('addresses are read as the specification writes them', () => {
  expect(
    busSockets({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/a%20b,guid=1;unix:abstract=/tmp/x;tcp:host=h' }),
  ).toEqual(['/run/a b', '\0/tmp/x'])
  expect(busSockets({ XDG_RUNTIME_DIR: '/run/user/1' })).toEqual(['/run/user/1/bus'])
  expect(busSockets({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/a', XDG_RUNTIME_DIR: '/run/user/1' })).toEqual(['/a'])
  expect(busSockets({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=%zz;unix:tmpdir=/tmp;nonsense' })).toEqual([])
})
