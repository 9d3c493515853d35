import { isObject, type JsonObject } from './json.ts'

/** Keywords that mean the same in OpenAPI 3.0 and in JSON Schema. */
const same = new Set([
  ...['type', 'enum', 'format', 'required', 'pattern', 'minLength', 'maxLength', 'multipleOf', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
])
const schemaLists = new Set(['allOf', 'anyOf', 'oneOf'])

/**
 * An OpenAPI 3.0 document with each of its schemas made a JSON Schema, so that a validator can take it as a whole and
 * follow its references itself. What differs between the two:
 * - `nullable` becomes the type null; beside a `$ref` it holds for what is referred to (an `if`, not an `anyOf`, for
 *   then an error names only what is wrong).
 * - other neighbours of a `$ref` say nothing (OpenAPI 3.0, "Reference Object").
 * - `exclusiveMinimum` and `exclusiveMaximum` are flags of the limit beside them.
 * - everything else that is no constraint (descriptions, examples, defaults, discriminators, `x-...`) is dropped.
 */
export function toJsonSchemas(root: JsonObject): JsonObject {
  return { paths: within(root.paths), components: within(root.components) }
}

/** Every format that a schema in it names. */
export function formatsOf(node: unknown): ReadonlySet<string> {
  if (typeof node !== 'object' || node === null) return new Set()
  const inner = Object.entries(node).flatMap(([key, value]) =>
    key === 'format' && typeof value === 'string' ? [value] : [...formatsOf(value)],
  )
  return new Set(inner)
}

function within(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(within)
  if (!isObject(node)) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'example' && key !== 'examples' && !key.startsWith('x-'))
      .map(([key, value]) => {
        if (key === 'schema' && isObject(value)) return [key, toJsonSchema(value)]
        if (key === 'schemas' && isObject(value)) return [key, mapValues(value, toJsonSchema)]
        return [key, within(value)]
      }),
  )
}

/** One schema of OpenAPI 3.0 as a JSON Schema. */
function toJsonSchema(schema: JsonObject): JsonObject {
  const plain = withoutNull(schema)
  if (schema.nullable !== true) return plain
  return typeof plain.type === 'string'
    ? { ...plain, type: [plain.type, 'null'] }
    : { if: { type: 'null' }, else: plain }
}

function withoutNull(schema: JsonObject): JsonObject {
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref }
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (same.has(key)) result[key] = value
    else if (schemaLists.has(key) && Array.isArray(value)) result[key] = value.filter(isObject).map(toJsonSchema)
    else if (key === 'properties' && isObject(value)) result[key] = mapValues(value, toJsonSchema)
    else if (key === 'items' || key === 'not') result[key] = isObject(value) ? toJsonSchema(value) : value
    else if (key === 'additionalProperties') result[key] = isObject(value) ? toJsonSchema(value) : value
  }
  if (schema.exclusiveMinimum === true) moveLimit(result, 'minimum', 'exclusiveMinimum')
  if (schema.exclusiveMaximum === true) moveLimit(result, 'maximum', 'exclusiveMaximum')
  return result
}

function moveLimit(schema: Record<string, unknown>, from: 'minimum' | 'maximum', to: string): void {
  schema[to] = schema[from]
  Reflect.deleteProperty(schema, from)
}

function mapValues(object: JsonObject, change: (schema: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, isObject(value) ? change(value) : value]),
  )
}
