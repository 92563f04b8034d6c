import assert from 'node:assert/strict'
import type { CompletionRequest } from '../../../src/completions/types.ts'
import { jsonSchema } from '../../../src/settings/reference/jsonSchema.ts'
import { RULES } from '../../../src/settings/settings.ts'
import schema from '../../../media/request.schema.json' with { type: 'json' }

/** Every field of the API, and the setting that it has; the compiler knows when one is missing. */
const FIELDS: Record<keyof CompletionRequest, keyof typeof RULES | null> = {
  model: 'model',
  prompt: null,
  suffix: null,
  max_tokens: 'maxTokens',
  temperature: 'temperature',
  top_p: 'topP',
  n: 'n',
  best_of: 'bestOf',
  stream: 'stream',
  stream_options: null,
  logprobs: 'logprobs',
  echo: 'echo',
  stop: 'stop',
  presence_penalty: 'presencePenalty',
  frequency_penalty: 'frequencyPenalty',
  logit_bias: 'logitBias',
  seed: 'seed',
  user: 'user',
  input_extra: null,
}

type Property = Record<string, unknown>

suite('the schema of a request', () => {
  const properties = new Map(Object.entries<Property>(schema.definitions.body.properties))

  for (const [field, setting] of Object.entries(FIELDS)) {
    test(`has ${field}, with its description and range`, () => {
      const property = properties.get(field)
      assert.ok(property)
      const said = String(property['markdownDescription'])
      assert.ok(said.length > 30, said)
      const rule: Property = setting === null ? {} : jsonSchema(RULES[setting].expected)
      for (const name of ['minimum', 'maximum']) {
        const bound = Number(rule[name])
        // The bounds of `seed` are those of JSON's numbers.
        if (Number.isNaN(bound) || Math.abs(bound) === Number.MAX_SAFE_INTEGER) continue
        assert.equal(property[name], bound)
        assert.ok(said.includes(String(bound).replace('-', '−')), `${bound} is not in: ${said}`)
      }
    })
  }

  test('has the default of every field that has one', () => {
    for (const [field, property] of properties) {
      if (property['default'] === undefined) continue
      assert.match(String(property['markdownDescription']), /[Dd]efault: /, field)
    }
  })

  test('is associated with the names of request documents', async () => {
    const { default: manifest } = await import('../../../package.json', { with: { type: 'json' } })
    const [validation] = manifest.contributes.jsonValidation
    assert.deepEqual(validation, {
      fileMatch: '*.infill.json',
      url: './media/request.schema.json',
    })
  })
})
