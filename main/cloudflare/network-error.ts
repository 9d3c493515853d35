/** What a rejected fetch says of itself. */
export interface NetworkError {
  readonly detail: string
  /** Nothing of the request can have reached anybody. When false it may have been carried out. */
  readonly isSurelyUnsent: boolean
}

/** Node: the name was not resolved, or no connection was made. `syscall` tells that from a cut of an open one. */
const unsentSyscalls = new Set(['connect', 'getaddrinfo'])
const unsentCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'])
/** OpenSSL's and Node's names for a certificate that was not accepted: the handshake ends before the request. */
const certificateCode = /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_)/
/**
 * Chromium, through Electron's net. ERR_INTERNET_DISCONNECTED and ERR_ADDRESS_UNREACHABLE are left out on purpose: a
 * connection that was already in use can end with them too.
 */
const unsentChromium =
  /net::ERR_(NAME_NOT_RESOLVED|CONNECTION_REFUSED|PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED|CERT_\w+)/

/** Reads an error of Node's fetch (its cause, or each of several causes) or of Electron's net.fetch. */
export function readNetworkError(error: unknown): NetworkError {
  const causes = causesOf(error)
  const detail = causes.map(({ message }) => message).find((message) => message !== '') ?? 'The connection failed'
  return { detail, isSurelyUnsent: causes.length > 0 && causes.every(isUnsent) }
}

function causesOf(error: unknown): readonly NodeJS.ErrnoException[] {
  if (!(error instanceof Error)) return []
  if (error.cause instanceof Error) return causesOf(error.cause)
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(causesOf)
  return [error]
}

function isUnsent({ code, syscall, message }: NodeJS.ErrnoException): boolean {
  if (unsentChromium.test(message)) return true
  if (code === undefined) return false
  return unsentCodes.has(code) || certificateCode.test(code) || (syscall !== undefined && unsentSyscalls.has(syscall))
}
