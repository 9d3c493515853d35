/** Any object of a JSON document. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object under a key; an empty one when there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

/** The list under a key; an empty one when there is none. */
export function listAt(object: JsonObject, key: string): readonly unknown[] {
  const value = object[key]
  return Array.isArray(value) ? value : []
}

/** A JSON pointer as the fragment of an address: `#/paths/~1accounts/get`. */
export function fragment(...steps: readonly string[]): string {
  return `#${steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`
}

/** What a fragment points at in `root`; undefined when it leads nowhere. */
export function follow(root: JsonObject, pointer: string): unknown {
  if (!pointer.startsWith('#')) return undefined
  const steps = pointer.slice(1).split('/').slice(1)
  return steps.reduce<unknown>((node, step) => {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(node)) return node[Number(key)]
    return isObject(node) ? node[key] : undefined
  }, root)
}
