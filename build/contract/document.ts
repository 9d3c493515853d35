import { readFileSync } from 'node:fs'

import { fail, succeed, type Result } from '../../main/engine/failure.ts'
import { follow, fragment, isObject, listAt, objectAt, type JsonObject } from './json.ts'

/** A query parameter of an operation; `schema` is a fragment of the document. */
export interface QueryParameter {
  readonly name: string
  readonly isRequired: boolean
  /** Several values are one text with commas, not the name repeated (`explode: false`). */
  readonly hasCommas: boolean
  readonly schema: string
}

/** One operation of the document. Schemas are fragments of it. */
export interface Operation {
  /** Such as `GET /accounts/{account_id}/devices/settings`. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly query: readonly QueryParameter[]
  readonly body: { readonly isRequired: boolean; readonly schema: string } | null
  /** By status: `200`, `4XX`, `default`. */
  readonly replies: ReadonlyMap<string, string>
}

export interface ApiDocument {
  readonly title: string
  readonly root: JsonObject
  /** The path of its server's address, without a slash at the end: `/client/v4`. */
  readonly basePath: string
  readonly operations: readonly Operation[]
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** Reads an OpenAPI 3.0 document in JSON. The failure is a sentence for a person. */
export function readDocument(file: string): Result<ApiDocument, string> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return fail(`The OpenAPI document ${file} cannot be read: ${String(error)}. Name a file that is there.`)
  }
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return fail(`${file} is not JSON: ${String(error)}. Only OpenAPI 3.0 documents in JSON are read.`)
  }
  const document = parseDocument(root)
  return document.ok ? document : fail(`${file}: ${document.failure}`)
}

/** The operations of an OpenAPI 3.0 document. The failure is a sentence for a person. */
export function parseDocument(root: unknown): Result<ApiDocument, string> {
  if (!isObject(root) || typeof root.openapi !== 'string' || !root.openapi.startsWith('3.0.')) {
    return fail('It is not an OpenAPI 3.0 document, which this check reads.')
  }
  const operations = Object.entries(objectAt(root, 'paths')).flatMap(([path, item]) =>
    isObject(item) ? operationsOf(root, path, item) : [],
  )
  if (operations.length === 0) return fail('It holds no operation, so there is nothing to check against.')
  const [server] = listAt(root, 'servers')
  const url = isObject(server) && typeof server.url === 'string' ? server.url : '/'
  return succeed({
    title: String(objectAt(root, 'info').title),
    root,
    basePath: new URL(url, 'http://localhost').pathname.replace(/\/$/, ''),
    operations,
  })
}

/** The operation of a request; where several templates fit, the one with the most literal steps. */
export function findOperation(document: ApiDocument, method: string, path: string): Operation | null {
  const steps = path.split('/')
  const fitting = document.operations.filter((one) => one.method === method && fits(one.path.split('/'), steps))
  const [best] = fitting.sort((one, other) => variables(one.path) - variables(other.path))
  return best ?? null
}

function fits(template: readonly string[], steps: readonly string[]): boolean {
  return (
    template.length === steps.length &&
    template.every((part, index) => (part.startsWith('{') ? steps[index] !== '' : part === steps[index]))
  )
}

function variables(path: string): number {
  return path.split('{').length - 1
}

function operationsOf(root: JsonObject, path: string, item: JsonObject): readonly Operation[] {
  return methods.flatMap((method) => {
    const operation = item[method]
    if (!isObject(operation)) return []
    const at = ['paths', path, method]
    const parameters = [
      ...parametersAt(root, ['paths', path, 'parameters'], listAt(item, 'parameters')),
      ...parametersAt(root, [...at, 'parameters'], listAt(operation, 'parameters')),
    ]
    const name = method.toUpperCase()
    return {
      name: `${name} ${path}`,
      method: name,
      path,
      // What an operation says of a parameter replaces what its path says.
      query: [...new Map(parameters.map((one) => [one.name, one])).values()],
      body: bodyOf(root, at, operation),
      replies: repliesOf(root, at, operation),
    }
  })
}

function parametersAt(root: JsonObject, at: readonly string[], list: readonly unknown[]): readonly QueryParameter[] {
  return list.flatMap((_, index) => {
    const { pointer, node } = dereference(root, fragment(...at, String(index)))
    if (node.in !== 'query') return []
    const schema = `${pointer}/schema`
    return {
      name: String(node.name),
      isRequired: node.required === true,
      hasCommas: node.explode === false && dereference(root, schema).node.type === 'array',
      schema,
    }
  })
}

function bodyOf(root: JsonObject, at: readonly string[], operation: JsonObject): Operation['body'] {
  if (operation.requestBody === undefined) return null
  const { pointer, node } = dereference(root, fragment(...at, 'requestBody'))
  const schema = jsonSchemaOf(pointer, node)
  return schema === null ? null : { isRequired: node.required === true, schema }
}

function repliesOf(root: JsonObject, at: readonly string[], operation: JsonObject): ReadonlyMap<string, string> {
  const replies = new Map<string, string>()
  for (const status of Object.keys(objectAt(operation, 'responses'))) {
    const { pointer, node } = dereference(root, fragment(...at, 'responses', status))
    const schema = jsonSchemaOf(pointer, node)
    if (schema !== null) replies.set(status.toUpperCase(), schema)
  }
  return replies
}

/** The fragment of the schema of the JSON form of a body or reply. */
function jsonSchemaOf(pointer: string, node: JsonObject): string | null {
  const content = objectAt(node, 'content')
  const type = Object.keys(content).find((one) => /\bjson\b/.test(one))
  if (type === undefined || !isObject(objectAt(content, type).schema)) return null
  return `${pointer}${fragment('content', type, 'schema').slice(1)}`
}

/** What stands at a fragment, its `$ref` followed. */
function dereference(root: JsonObject, pointer: string): { readonly pointer: string; readonly node: JsonObject } {
  const node = follow(root, pointer)
  if (!isObject(node)) return { pointer, node: {} }
  return typeof node.$ref === 'string' ? dereference(root, node.$ref) : { pointer, node }
}
