import type { Expected } from '../../completions/problems.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON schema of a value, as package.json declares it. */
export function jsonSchema(expected: Expected): JsonSchema {
  switch (expected.type) {
    case 'any':
      return {}
    case 'string':
    case 'boolean':
    case 'number':
    case 'integer':
      return { ...expected }
    case 'choice':
      return { type: 'string', enum: expected.values }
    case 'strings':
      return { type: 'array', items: { type: 'string' } }
    case 'string-or-list':
      return { type: ['string', 'array'], items: { type: 'string' }, maxItems: expected.maxItems }
    case 'record':
      return { type: 'object', additionalProperties: jsonSchema(expected.values) }
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(expected.fields).map(([name, field]) => [name, jsonSchema(field)]),
        ),
        required: expected.required,
        additionalProperties: false,
      }
    case 'nullable': {
      const schema = jsonSchema(expected.of)
      return { ...schema, type: [schema['type'], 'null'].flat() }
    }
  }
}
