import assert from 'node:assert/strict'
import { removeFences } from '../../../../src/infill/filters/codeFences.ts'
import { random } from '../../../support/random.ts'
import { filteredInPieces, textFilter } from './support.ts'

function without(text: string, around = '', language = 'javascript'): string {
  return filteredInPieces(() => removeFences(around, language), text, [1, 2, 3, 5, 8])
}

suite('code fences', () => {
  const removed: readonly [name: string, text: string, code: string][] = [
    ['around the code', '```js\nok()\n```', 'ok()'],
    ['without a language', '```\nok()\n```\n', 'ok()'],
    ['of tildes', '~~~ts\nok()\n~~~', 'ok()'],
    ['that are indented', '  ```js\n  ok()\n  ```', '  ok()'],
    ['that are longer', '````js\n```\nok()\n````', '```\nok()'],
    ['on one line', '```ok()```', 'ok()'],
    ['on one line, with a remark after it', '```ok()```\nIt calls ok.', 'ok()'],
    ['after a remark', 'Here is the code:\n\n```js\nok()\n```', 'ok()'],
    ['after an answer in one word', 'Sure!\n```js\nok()\n```', 'ok()'],
    ['after bold words', '**Answer:**\n```js\nok()\n```', 'ok()'],
    ['after remarks in Chinese', '以下是代码：\n```js\nok()\n```', 'ok()'],
    ['before a remark', '```js\nok()\n```\n\nThis calls `ok`.\n```js\nno()\n```', 'ok()'],
    ['that are never closed', 'Here:\n```js\nok()\nmore(', 'ok()\nmore('],
    ['with an empty line at the end', '```js\nok()\n\n```', 'ok()\n'],
    ['around nothing', '```js\n```', ''],
    ['that were cut', 'Here is the code:\n```js', ''],
    ['that nobody opened', 'ok()\n```', 'ok()'],
    ['with CRLF', '```js\r\nok()\r\n```\r\n', 'ok()'],
  ]
  for (const [name, text, code] of removed) {
    test(`${name} are removed`, () => assert.equal(without(text), code))
  }

  const kept = [
    '',
    'ok()',
    '\n  ok()\n',
    'Here is the code.',
    'Here is the code:\n\nok()\n',
    'Console.WriteLine(a);\nIf x Then {\n',
    '# Computes the sum\ntotal = 0\n',
    '`a` + `b`',
    'const a = `x``y`\n``',
    'a\n  `\n',
    'a = ```js\n',
    '``` and more ``` text',
  ]
  for (const text of kept) {
    test(`are not in ${JSON.stringify(text)}`, () => assert.equal(without(text), text))
  }

  test('are text where the document has fences', () => {
    const text = '```sh\nnpm i\n```\nThen start it.'
    assert.equal(without(text, '', 'markdown'), text)
    assert.equal(without(text, ' * a\n```js\nb\n'), text)
  })

  test('are known to what comes after', () => {
    const isFenced = (text: string): boolean => {
      const filter = removeFences('', 'javascript')
      filter.push([{ text, token: null }])
      return filter.isFenced
    }
    const texts = ['```js\nok()', 'Sure:\n```\nok()', 'ok()', '```ok()```\n', 'Sure:\nok()\n```\n']
    assert.deepEqual(texts.map(isFenced), [true, true, false, false, false])
  })

  test('end the text: what follows is not waited for', () => {
    const filter = textFilter(removeFences('', 'javascript'))
    assert.equal(filter.push('```js\nok()\n```\n'), 'ok()')
    assert.equal(filter.done, true)
    assert.equal(filter.push('more'), '')
  })

  test('do not delay code that has none', () => {
    const filter = textFilter(removeFences('', 'javascript'))
    assert.equal(filter.push('  ret'), '  ret')
    assert.equal(filter.push('urn a'), 'urn a')
  })

  test('hold back at most some lines of what looks like a remark', () => {
    const text = 'A sentence of a text that has many of them.\n'.repeat(100)
    const filter = textFilter(removeFences('', 'plaintext'))
    assert.ok(filter.push(text).length > 2000)
    assert.equal(without(text), text)
    const long = `A ${'long '.repeat(200)}line`
    assert.equal(without(long), long)
  })

  test('have the same result for any text, however it is cut', () => {
    const parts = [
      '```',
      '``',
      '`',
      '~~~',
      '\n',
      '\r\n',
      ' ',
      'js',
      'Sure!',
      'Here is it:',
      'a()',
      '{',
      '# ',
    ]
    const chance = random(7)
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: chance.below(12) }, () => chance.pick(parts)).join('')
      without(text)
    }
  })
})
