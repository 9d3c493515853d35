/** Cloudflare's API. Nothing in a packaged app changes it. */
export const cloudflareAddress = 'https://api.cloudflare.com/client/v4'

/** Where ordinary connections lead; `warning` tells the person at the terminal that a wish was not followed. */
export interface ApiAddress {
  readonly address: string
  readonly warning: string | null
}

/**
 * The address of ordinary connections.
 * @param wish  what FLEETLIGHT_API_URL says: for tests of an unpackaged app, and then for this machine only
 */
export function decideApiAddress(wish: string | undefined, isPackaged: boolean): ApiAddress {
  if (wish === undefined || wish === '') return { address: cloudflareAddress, warning: null }
  if (isPackaged) return refuse('this app goes to Cloudflare and nowhere else')
  const url = URL.canParse(wish) ? new URL(wish) : null
  if (url === null || !isLoopback(url))
    return refuse('it may only name a server on this machine, such as http://127.0.0.1:8080/client/v4')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return refuse('it may hold a host, a port and a path, and nothing else')
  }
  return { address: url.href.replace(/\/+$/, ''), warning: null }
}

/** Whether an address leads to this machine: 127.0.0.0/8, ::1, or localhost. */
export function isLoopback(url: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  // The URL parser has brought every spelling of an IPv4 address into four numbers.
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
}

function refuse(because: string): ApiAddress {
  return { address: cloudflareAddress, warning: `FLEETLIGHT_API_URL is not followed: ${because}.` }
}
