import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** How the server answers one request, whose body was read before. */
export type Situation = (response: ServerResponse, request: IncomingMessage) => void

export interface Received {
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Counts the connections of the server: two requests with the same number came over the same one. */
  readonly connection: number
}

export interface Server {
  readonly origin: string
  readonly received: readonly Received[]
  /** Resolves when a request's connection was closed by whoever sent it. */
  readonly cutByClient: Promise<void>
}

/** A server on loopback that answers the n-th request with the n-th situation, and all further ones with the last. */
export async function serve(...situations: readonly Situation[]): Promise<Server> {
  const received: Received[] = []
  let noticeCut: () => void = () => undefined
  const cutByClient = new Promise<void>((resolve) => (noticeCut = resolve))
  let connections = 0
  const numbers = new WeakMap<object, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    response.on('close', () => {
      if (!response.writableFinished) noticeCut()
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const body = Buffer.concat(chunks).toString()
      received.push({ method, url, headers, body, connection: numbers.get(request.socket) ?? 0 })
      situations[Math.min(received.length, situations.length) - 1]?.(response, request)
    })
  })
  server.on('connection', (socket) => numbers.set(socket, ++connections))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, received, cutByClient }
}

/** An address at which nobody listens. */
export async function deserted(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
