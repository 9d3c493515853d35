import { gzipSync } from 'node:zlib'

import type { Situation } from './server.ts'

/** What Cloudflare documents that it answers, and what a wire can do to it. */

type Headers = Readonly<Record<string, string>>

export function json(status: number, body: unknown, headers: Headers = {}): Situation {
  return bytes(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
}

/** The envelope around a result that went well. */
export function answered(result: unknown, info?: unknown, headers?: Headers): Situation {
  const envelope = {
    success: true,
    errors: [],
    messages: [],
    result,
    ...(info === undefined ? {} : { result_info: info }),
  }
  return json(200, envelope, headers)
}

/** The envelope around a refusal. */
export function refused(status: number, code: number | undefined, message: string, headers?: Headers): Situation {
  return json(status, { success: false, errors: [{ code, message }], messages: [], result: null }, headers)
}

export const override = (disconnect: unknown, timestamp: unknown = '2026-03-01T09:00:00Z') =>
  answered({ disconnect, timestamp })
export const overrideOff = override(false)
export const missingPermission = refused(403, 10000, 'Authentication error')
export const wrongAccount = refused(403, 9109, 'Unauthorized to access requested resource')
export const unknownToken = refused(401, 1000, 'Invalid API Token')
export const malformedToken = json(400, {
  success: false,
  errors: [
    {
      code: 6003,
      message: 'Invalid request headers',
      error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
    },
  ],
  messages: [],
  result: null,
})
export const unlistableAccounts = refused(400, 1001, 'List accounts endpoint does not support account owned tokens.')
export const tooManyRequests = refused(429, 971, 'More than 1200 requests per 300 seconds reached.', {
  'retry-after': '120',
})
/** A page in front of Cloudflare's API answers instead of it. */
export const html = (status: number) => bytes(status, '<!doctype html><h1>Hello</h1>', { 'content-type': 'text/html' })
export const malformedJson = bytes(200, '{"success": true, "result": {"disc', { 'content-type': 'application/json' })
export const emptyBody = bytes(200, '', { 'content-type': 'application/json' })

export const noContent: Situation = (response) => response.writeHead(204).end()

/** Headers and the beginning of a body, then silence. */
export const stalledBody =
  (status: number, headers: Headers = {}): Situation =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': '1000', ...headers })
    response.write('{"success": ')
  }

export const silence: Situation = () => undefined

/** Reads the whole request, so that it may be carried out, and closes the connection without a word. */
export const cutBeforeAnswer: Situation = (_, { socket }) => socket.destroy()
export const resetBeforeAnswer: Situation = (_, { socket }) => socket.resetAndDestroy()

export const cutInBody =
  (status: number, headers: Headers = {}): Situation =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': '1000', ...headers })
    response.write('{"success": ', () => response.destroy())
  }

/** More than it says, without end. */
export const endless: Situation = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  }
  response.on('drain', more)
  more()
}

/** A few kilobytes that unpack to 16 MiB. */
export const packed: Situation = (response) => {
  const body = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '))
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body)
}

export const declaredTooLong: Situation = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(1024 ** 3) }).write('{')
}

export const redirect =
  (status: number, location: string): Situation =>
  (response) =>
    response.writeHead(status, { location }).end()

/** Bytes of no protocol. */
export const gibberish: Situation = (_, { socket }) => socket.end('220 mail.example.com ESMTP\r\n\r\n')

function bytes(status: number, body: string, headers: Headers): Situation {
  return (response) => response.writeHead(status, headers).end(body)
}
