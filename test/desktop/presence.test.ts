import { EventEmitter } from 'node:events'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { watchPresence, type PresenceEvent } from '../../main/desktop/presence.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function start() {
  const power = new EventEmitter()
  const network = { isOnline: true }
  const told: PresenceEvent[] = []
  const stop = watchPresence(
    power,
    () => network.isOnline,
    (event) => told.push(event),
  )
  return { power, network, told, stop }
}

test('sleep, resume and unlock are told as they come', () => {
  const { power, told } = start()
  for (const event of ['suspend', 'resume', 'unlock-screen']) power.emit(event)
  expect(told).toEqual([{ type: 'slept' }, { type: 'woke', cause: 'resume' }, { type: 'woke', cause: 'unlock' }])
})

test('the network is told when it goes and when it comes back, once each', () => {
  const { network, told } = start()
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
  network.isOnline = false
  vi.advanceTimersByTime(60_000)
  network.isOnline = true
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([{ type: 'networkLost' }, { type: 'woke', cause: 'network' }])
})

test('a start without a network says so at once', () => {
  const told: PresenceEvent[] = []
  watchPresence(
    new EventEmitter(),
    () => false,
    (event) => told.push(event),
  )
  expect(told).toEqual([{ type: 'networkLost' }])
})

test('after its undo nothing is told any more', () => {
  const { power, network, told, stop } = start()
  stop()
  network.isOnline = false
  power.emit('suspend')
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
  expect([power.eventNames(), vi.getTimerCount()]).toEqual([[], 0])
})
