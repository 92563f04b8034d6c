import assert from 'node:assert/strict'
import { stopAtSpecialTokens } from '../../../../src/infill/filters/specialTokens.ts'
import { textFilter } from './support.ts'

function without(text: string, around = ''): string {
  const pass = (length: number): string => {
    const filter = textFilter(stopAtSpecialTokens(around))
    let out = ''
    for (let at = 0; at < text.length && !filter.done; at += length) {
      out += filter.push(text.slice(at, at + length))
    }
    return out + filter.flush()
  }
  const all = pass(Math.max(1, text.length))
  for (const length of [1, 2, 7]) assert.equal(pass(length), all, `in pieces of ${length}`)
  return all
}

suite('special tokens', () => {
  for (const tokens of [
    '<|fim_pad|><|endoftext|>',
    '<|endoftext|>',
    '<|im_end|>\n<|endoftext|>',
    '<|file_separator|>',
    '<｜end▁of▁sentence｜>',
    '<|eot_id|>',
    '<|fim_middle|>',
    '</s>',
    '<s>',
    '<eos>',
    '<EOT>',
    '<end_of_turn>',
    '<fim_suffix>',
    '<fim-pad>',
    '<file_sep>',
    '[EOS]',
    '</s></s>',
    '<pad><pad>',
    '<0x0A>',
  ]) {
    test(`end the text: ${tokens}`, () => {
      assert.equal(without(`ok${tokens}`), 'ok')
      assert.equal(without(`ok;\n${tokens}`), 'ok;\n')
    })
  }

  test('of a form of their own end the text before more text', () => {
    assert.equal(without('ok<|endoftext|>\nimport os'), 'ok')
  })

  for (const text of [
    '"<s>"',
    'tokens = ["<s>", "</s>", "<|im_end|>"]',
    '<s>old</s> new',
    'a <| b |> c',
    'f <| x',
    'x[EOS] = 1',
    'if a < b',
    'Map<string, List<eos',
    'a[',
    '<|',
    '</section>',
    '`<|endoftext|>`',
  ]) {
    test(`are not in ${JSON.stringify(text)}`, () => assert.equal(without(text), text))
  }

  test('are text in a document that has such tokens', () => {
    assert.equal(without('a<|fim_middle|>', 'x<|fim_prefix|>'), 'a<|fim_middle|>')
    assert.equal(without('b</s>', '<s>a</s>'), 'b</s>')
  })
})
