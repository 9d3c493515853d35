import { expect, test, vi } from 'vitest'

import { pageHeaders } from '../../main/desktop/content-policy.ts'
import { fileOf } from '../../main/desktop/page-files.ts'
import { choosePages } from '../../main/desktop/page-source.ts'

// Only its names are needed here; the package looks for its runtime at once.
vi.mock('electron/main', () => ({}))

const ask = (url: string, method = 'GET') => fileOf({ method, url }, 'dashboard', '/dist/renderer')?.path ?? null

test('a page and what it loads come from the folder of the build', () => {
  expect(ask('app://dashboard/index.html')).toBe('/dist/renderer/index.html')
  expect(ask('app://dashboard/assets/index-DxE_4f.js?v=1#x')).toBe('/dist/renderer/assets/index-DxE_4f.js')
})

test.each([
  'app://dashboard/',
  'app://dashboard/../index.html/..',
  'app://dashboard/..%2fmain/index.js',
  'app://dashboard/assets/..%5c..%5cmain/index.js',
  'app://dashboard//etc/passwd.html',
  'app://dashboard/.env.html',
  'app://dashboard/index.html%00.js',
  'app://dashboard/main.map',
  'app://confirm/confirm.html',
  'app://dashboard.evil/index.html',
])('%s is not served', (url) => {
  expect(ask(url)).toBeNull()
})

test('nothing out of the folder is served, however it is written', () => {
  for (const way of ['../', '%2e%2e/', 'assets/../../../', '.%2E/%2e./']) {
    expect(ask(`app://dashboard/${way}main/index.js`)).toBe('/dist/renderer/main/index.js')
  }
})

test('only reading is served', () => {
  expect(ask('app://dashboard/index.html', 'POST')).toBeNull()
})

test('the content policy lets in our own files and nothing else', () => {
  const policy = pageHeaders['content-security-policy']
  const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]))
  expect(directives.get('default-src')).toBe("'none'")
  expect(new Set(directives.values())).toEqual(new Set(["'none'", "'self'"]))
  for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(directives.get(name)).toBe("'none'")
})

test('each window has a page and an origin of its own', () => {
  expect(choosePages(undefined, false)).toEqual({
    dashboard: { url: 'app://dashboard/index.html', origin: 'app://dashboard' },
    confirmation: { url: 'app://confirm/confirm.html', origin: 'app://confirm' },
    devOrigin: null,
  })
})

test('a development server on this machine serves an unpackaged app', () => {
  expect(choosePages('http://localhost:5173/', false)).toEqual({
    dashboard: { url: 'http://localhost:5173/index.html', origin: 'http://localhost:5173' },
    confirmation: { url: 'http://localhost:5173/confirm.html', origin: 'http://localhost:5173' },
    devOrigin: 'http://localhost:5173',
  })
})

test.each([
  ['http://localhost:5173/', true],
  ['https://evil.example/', false],
  ['nonsense', false],
  ['', false],
])('%s (packaged: %s) does not replace the build', (server, isPackaged) => {
  expect(choosePages(server, isPackaged).devOrigin).toBeNull()
})
