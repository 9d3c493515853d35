/** What goes back: a status, a body to be written as JSON, and headers beside the usual ones. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Where an error points to, and what lies behind it, as Cloudflare's envelope has them. */
export interface RefusalDetails {
  readonly pointer?: string
  readonly chain?: readonly { readonly code: number; readonly message: string }[]
}

/** An answer in Cloudflare's envelope {success, errors, messages, result, result_info}. */
export function succeed(
  result: unknown,
  info?: Readonly<Record<string, unknown>>,
  messages: readonly { readonly code: number; readonly message: string }[] = [],
): Reply {
  const envelope = { success: true, errors: [], messages, result }
  return { status: 200, body: info === undefined ? envelope : { ...envelope, result_info: info } }
}

/** A refusal in Cloudflare's envelope. Codes are from 1000 on. */
export function refuse(status: number, code: number, message: string, { pointer, chain }: RefusalDetails = {}): Reply {
  const error = {
    code,
    message,
    ...(pointer === undefined ? {} : { source: { pointer } }),
    ...(chain === undefined ? {} : { error_chain: chain }),
  }
  return { status, body: { success: false, errors: [error], messages: [], result: null } }
}

/** A parameter or body that makes no sense. That Cloudflare refuses unknown ones too is assumed: it finds our own slips. */
export function refuseRequest(message: string, pointer: string): Reply {
  return refuse(400, 10001, message, { pointer })
}

/** Documented for an address that leads nowhere. */
export function refuseRoute(method: string, path: string): Reply {
  return refuse(404, 7003, `No route for the URI: ${method} ${path}`)
}

/** Documented for identifiers that cannot be one. */
export function refuseIdentifier(path: string): Reply {
  return refuse(400, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`)
}

/** Reported of tokens that are not in the form of one. */
export function refuseMalformedToken(): Reply {
  return refuse(400, 6003, 'Invalid request headers', {
    chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
  })
}

/** Reported of unknown tokens where tokens are verified; the code is known from many places, but not documented. */
export function refuseUnknownToken(): Reply {
  return refuse(401, 1000, 'Invalid API Token')
}

/**
 * Reported alike of tokens that lack a permission and of tokens that are no good: 10000 by the products behind the API, 9109 by
 * the API itself, and by it too for another's account.
 */
export function refuseAccess(area: 'core' | 'product'): Reply {
  return area === 'core'
    ? refuse(403, 9109, 'Unauthorized to access requested resource')
    : refuse(403, 10000, 'Authentication error')
}

/** The message is reported, its code is not settled. */
export function refuseTooMany(code: number, headers: Readonly<Record<string, string>>): Reply {
  const message =
    'More than 1200 requests per 300 seconds reached. Please wait and consider throttling your request speed'
  return { ...refuse(429, code, message), headers }
}
