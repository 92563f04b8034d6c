import assert from 'node:assert/strict'
import { generateTokens, taskOf } from '../../../src/builtin/model/task.ts'
import { randomFrom } from '../../../src/builtin/model/sample.ts'
import { marked } from './marked.ts'
import { complete, config, firstOf, greedy, knowledgeOf, run } from './model.ts'

suite('builtin model never repeats the suffix', () => {
  // The file on disk is the document itself: wherever the caret is, what follows is there already.
  const document = config
  for (let caret = 0; caret <= document.length; caret += 7) {
    const text = `${document.slice(0, caret)}|${document.slice(caret)}`
    test(`of the document as it is on disk, at ${caret}`, () => {
      const answer = complete(text, [document])
      const line = document.slice(caret).trimStart().split('\n', 1)[0] ?? ''
      assert.ok(line === '' || !answer.trimStart().startsWith(line), answer)
    })
  }

  test('but finds what was deleted from the document on disk', () => {
    // At the start of a file, and where a block is opened, there is more than one way to go on.
    const lines = config.split('\n').filter((each) => /\w.*[^{]$/.test(each))
    for (const line of lines.slice(1)) {
      const answer = complete(config.replace(line.trim(), '|'), [config])
      assert.equal(answer, line.trim())
    }
  })

  test('and finds several deleted lines', () => {
    const [before = '', after = ''] = config.split(/ {2}try[^]*\n {2}}\n/)
    const answer = complete(`${before}  |\n${after}`, [config])
    assert.equal(`${before}  ${answer}\n${after}`, config)
  })

  test('and prefers a useful place to the empty one', () =>
    assert.equal(complete('a.open(|)\nb\n', ['a.open()\nb\n', 'a.open(x)\n']), 'x'))
})

suite('builtin model', () => {
  test('gives one answer to one request', () => {
    const answers = [1, 2, 3].map(() => complete('  const |', [config]))
    assert.equal(new Set(answers).size, 1)
  })

  for (const text of [
    '|',
    '# Notes\n\n|',
    'const a = |\n',
    'export function |',
    'The quick brown fox|',
    'def f(x):\n    return |\n',
    'Dear Ms. Miller,\n\nthank you for your letter. I am writing to you about |',
  ]) {
    test(`says nothing rather than go round in circles: ${JSON.stringify(text)}`, () =>
      assert.equal(complete(text, []).trim(), ''))
  }

  test('keeps surrogate pairs whole', () => {
    const pieces = run('say(|', ['say("👩‍👧 𠮷𠮷")\n'])
    assert.equal(pieces.map((piece) => piece.text).join(''), '"👩‍👧 𠮷𠮷")')
    assert.ok(pieces.every((piece) => piece.text.isWellFormed()))
  })

  test('goes on with the word at the caret, up to the rest of it', () => {
    assert.equal(complete('export async function load|(', [config]), 'Config')
    assert.equal(complete('export async function lo|fig(', [config]), 'adCon')
    assert.equal(complete('export async function lo|zzz(', [config]), '')
  })

  test('leaves a task as it was', () => {
    const { prompt, suffix } = marked('export function ar|')
    const task = taskOf(knowledgeOf([config]), prompt, suffix)
    const texts = (count: number): string[] =>
      firstOf(count, generateTokens(task, greedy, randomFrom(1), 0)).map((each) => each.text)
    const first = texts(99)
    texts(3)
    assert.deepEqual(texts(99), first)
  })
})
