import { expect, test } from 'vitest'

import { readNetworkError } from '../../main/cloudflare/network-error.ts'

function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause })
}

function coded(message: string, code: string, syscall?: string): Error {
  return Object.assign(new Error(message), { code }, syscall === undefined ? {} : { syscall })
}

test.each([
  ['a refused connection', coded('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED', 'connect')],
  ['no route while connecting', coded('connect EHOSTUNREACH 104.19.1.1:443', 'EHOSTUNREACH', 'connect')],
  ['a name that does not resolve', coded('getaddrinfo ENOTFOUND api.cloudflare.com', 'ENOTFOUND', 'getaddrinfo')],
  ['no name server', coded('getaddrinfo EAI_AGAIN api.cloudflare.com', 'EAI_AGAIN', 'getaddrinfo')],
  ['a connection that was never made', coded('Connect Timeout Error', 'UND_ERR_CONNECT_TIMEOUT')],
  ['an own certificate', coded('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT')],
  ['an unknown issuer', coded('unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY')],
  ['an expired certificate', coded('certificate has expired', 'CERT_HAS_EXPIRED')],
  ["another host's certificate", coded('Hostname/IP does not match', 'ERR_TLS_CERT_ALTNAME_INVALID')],
])('%s: nothing can have been sent', (_, cause) => {
  expect(readNetworkError(failed(cause))).toEqual({ detail: cause.message, isSurelyUnsent: true })
})

test.each([
  ['a cut', coded('other side closed', 'UND_ERR_SOCKET')],
  ['a reset', coded('read ECONNRESET', 'ECONNRESET', 'read')],
  ['no route on an open connection', coded('read EHOSTUNREACH', 'EHOSTUNREACH', 'read')],
  ['a broken pipe', coded('write EPIPE', 'EPIPE', 'write')],
  ['silence', coded('Headers Timeout Error', 'UND_ERR_HEADERS_TIMEOUT')],
  ['something unheard of', new Error('net::ERR_FAILED')],
])('%s: it may have been sent', (_, cause) => {
  expect(readNetworkError(failed(cause))).toEqual({ detail: cause.message, isSurelyUnsent: false })
})

test('of several attempts all must have failed before anything was sent', () => {
  const refused = coded('connect ECONNREFUSED ::1:443', 'ECONNREFUSED', 'connect')
  const reset = coded('read ECONNRESET', 'ECONNRESET', 'read')
  const all = (...errors: Error[]) => readNetworkError(failed(new AggregateError(errors, '')))
  expect(all(refused, refused)).toEqual({ detail: refused.message, isSurelyUnsent: true })
  expect(all(refused, reset).isSurelyUnsent).toBe(false)
})

test.each([undefined, 'boom', {}, new Error('')])('what is no error (%j) is told as a failed connection', (error) => {
  expect(readNetworkError(error)).toEqual({ detail: 'The connection failed', isSurelyUnsent: false })
})
