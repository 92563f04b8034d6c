import assert from 'node:assert/strict'
import { modelChoices } from '../../../src/connection/modelChoices.ts'

suite('the models to choose from', () => {
  const choices = modelChoices(
    [
      { id: 'chat', infill: 'unknown' },
      { id: 'qwen2.5-coder', infill: 'unknown', contextLength: 32768 },
      { id: 'codestral-chat', infill: 'no' },
      { id: 'own', infill: 'yes' },
      { id: 'chat', infill: 'unknown' },
    ],
    'chat',
  )

  test('list those that fill in the middle first, each once', () => {
    assert.deepEqual(
      choices.map(({ id, fillsIn }) => [id, fillsIn]),
      [
        ['qwen2.5-coder', true],
        ['own', true],
        ['chat', false],
        ['codestral-chat', false],
      ],
    )
  })

  test('have the family of their name, unless the server denies it', () => {
    assert.deepEqual(
      choices.map(({ infill, family, contextLength }) => [infill, family, contextLength]),
      [
        ['unknown', 'qwen', 32768],
        ['yes', undefined, undefined],
        ['unknown', undefined, undefined],
        ['no', undefined, undefined],
      ],
    )
  })

  test('mark the current one', () => {
    assert.deepEqual(
      choices.filter(({ isCurrent }) => isCurrent).map(({ id }) => id),
      ['chat'],
    )
  })
})
