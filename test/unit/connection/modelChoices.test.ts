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

  test('are those first that streamIntoDocument in the middle, each once', () => {
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

  test('say what is known of them, and by whom', () => {
    assert.deepEqual(
      choices.map(({ remarks }) => remarks.join(' · ')),
      [
        'fills in the middle, as qwen models do · 32,768 tokens',
        'fills in the middle, says the server',
        '',
        'does not streamIntoDocument in the middle, says the server',
      ],
    )
  })

  test('have the current one marked', () => {
    assert.deepEqual(
      choices.filter(({ isCurrent }) => isCurrent).map(({ id }) => id),
      ['chat'],
    )
  })
})
