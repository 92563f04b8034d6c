import assert from 'node:assert/strict'
import { removeThoughts } from '../../../../src/infill/filters/thoughts.ts'
import { filteredInPieces } from './support.ts'

function without(text: string, around = '', language = 'python'): string {
  return filteredInPieces(() => removeThoughts(around, language), text, [1, 2, 5])
}

suite('thoughts', () => {
  for (const text of [
    '<think>\nIt ends.\n</think>\n\nok',
    '\n<think>It ends.</think>ok',
    '<thinking>\na </think> b\n</thinking>\nok',
    '<reasoning>a\n\nb</reasoning>\nok',
    '[THINK]a[/THINK]ok',
    '◁think▷a◁/think▷ok',
    '<seed:think>\na</seed:think>ok',
    '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>ok',
    '</think>\n\nok',
  ]) {
    test(`are removed: ${JSON.stringify(text)}`, () => assert.equal(without(text), 'ok'))
  }

  test('that do not end are removed', () => {
    assert.equal(without('<think>\nIt ends …'), '')
  })

  for (const text of ['<thing>a</thing>', 'if a <think> b', '  <thinker>', '[THING]', '<']) {
    test(`are not ${JSON.stringify(text)}`, () => assert.equal(without(text), text))
  }

  test('are text in a document that has such marks', () => {
    const text = '<think>a</think>'
    assert.equal(without(text, 'The model writes <think>.', 'markdown'), text)
    assert.equal(without(text, '', 'html'), text)
    assert.equal(without(text, '', 'typescriptreact'), text)
    assert.equal(without('<think>\na\n</think>\n<p>', '', 'html'), '<p>')
  })
})
