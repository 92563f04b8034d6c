import assert from 'node:assert/strict'
import { jsonSchema } from '../../../../src/settings/reference/jsonSchema.ts'
import {
  any,
  boolean,
  choice,
  integer,
  nullable,
  number,
  record,
  string,
  stringOrList,
  strings,
  type ValueType,
} from '../../../../src/settings/valueTypes.ts'

suite('the JSON schema', () => {
  const schemas: [name: string, type: ValueType<unknown>, schema: unknown][] = [
    ['any value', any, {}],
    ['a string', string, { type: 'string' }],
    ['a boolean', boolean, { type: 'boolean' }],
    ['a number', number(0, 2), { type: 'number', minimum: 0, maximum: 2 }],
    ['an integer without a maximum', integer(0), { type: 'integer', minimum: 0 }],
    ['a choice', choice(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    ['a list', strings, { type: 'array', items: { type: 'string' } }],
    [
      'a string or a list',
      stringOrList(4),
      { type: ['string', 'array'], items: { type: 'string' }, maxItems: 4 },
    ],
    [
      'a nullable record',
      nullable(record(number(0))),
      { type: ['object', 'null'], additionalProperties: { type: 'number', minimum: 0 } },
    ],
    [
      'a nullable string or list',
      nullable(stringOrList(2)),
      { type: ['string', 'array', 'null'], items: { type: 'string' }, maxItems: 2 },
    ],
  ]
  for (const [name, { expected }, schema] of schemas) {
    test(`describes ${name}`, () => assert.deepEqual(jsonSchema(expected), schema))
  }
})
