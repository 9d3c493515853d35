import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { protocol, type Session } from 'electron/main'

import { pageHeaders } from './content-policy.ts'
import { scheme } from './page-source.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Makes app:// a scheme with an origin, as https is. Only before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the files of `folder` to one session, under one host. */
export function servePages(session: Session, host: string, folder: string): void {
  session.protocol.handle(scheme, async (request) => {
    const file = fileOf(request, host, folder)
    if (file === null) return new Response(null, { status: 404, headers: pageHeaders })
    try {
      const body = await readFile(file.path)
      return new Response(body, { headers: { ...pageHeaders, 'content-type': file.contentType } })
    } catch {
      return new Response(null, { status: 404, headers: pageHeaders })
    }
  })
}

/** The file that a request may have; null: none. */
export function fileOf(
  request: { readonly method: string; readonly url: string },
  host: string,
  folder: string,
): { readonly path: string; readonly contentType: string } | null {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.host !== host) return null
  // Plain names only: nothing of them can lead out of the folder.
  if (!/^(\/[\w-][\w.-]*)+$/.test(url.pathname)) return null
  const contentType = contentTypes[path.extname(url.pathname)]
  return contentType === undefined ? null : { path: path.join(folder, url.pathname), contentType }
}
