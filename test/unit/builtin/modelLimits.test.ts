import assert from 'node:assert/strict'
import { generateTokens, taskOf } from '../../../src/builtin/model/task.ts'
import { randomFrom } from '../../../src/builtin/model/sample.ts'
import { marked } from './marked.ts'
import { complete, config, firstOf, greedy, knowledgeOf, run } from './model.ts'

suite('Built-in model: never repeats the suffix', () => {
  // The file on disk is the document itself, so the text after the cursor follows there, too.
  const document = config
  for (let cursor = 0; cursor <= document.length; cursor += 7) {
    const text = `${document.slice(0, cursor)}|${document.slice(cursor)}`
    test(`when the document is saved, at offset ${cursor}`, () => {
      const completion = complete(text, [document])
      const line = document.slice(cursor).trimStart().split('\n', 1)[0] ?? ''
      assert.ok(line === '' || !completion.trimStart().startsWith(line), completion)
    })
  }

  test('but completes a line that was deleted and not saved', () => {
    // The start of a file and the start of a block are ambiguous.
    const lines = config.split('\n').filter((each) => /\w.*[^{]$/.test(each))
    for (const line of lines.slice(1)) {
      const completion = complete(config.replace(line.trim(), '|'), [config])
      assert.equal(completion, line.trim())
    }
  })

  test('and completes several deleted lines', () => {
    const [before = '', after = ''] = config.split(/ {2}try[^]*\n {2}}\n/)
    const completion = complete(`${before}  |\n${after}`, [config])
    assert.equal(`${before}  ${completion}\n${after}`, config)
  })

  test('and prefers a completion to an empty one', () =>
    assert.equal(complete('a.open(|)\nb\n', ['a.open()\nb\n', 'a.open(x)\n']), 'x'))
})

suite('Built-in model', () => {
  test('is deterministic at temperature 0', () => {
    const completions = [1, 2, 3].map(() => complete('  const |', [config]))
    assert.equal(new Set(completions).size, 1)
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
    test(`writes nothing without similar text: ${JSON.stringify(text)}`, () =>
      assert.equal(complete(text, []).trim(), ''))
  }

  test('keeps surrogate pairs whole', () => {
    const pieces = run('say(|', ['say("👩‍👧 𠮷𠮷")\n'])
    assert.equal(pieces.map((piece) => piece.text).join(''), '"👩‍👧 𠮷𠮷")')
    assert.ok(pieces.every((piece) => piece.text.isWellFormed()))
  })

  test('completes the word at the cursor, up to the part after it', () => {
    assert.equal(complete('export async function load|(', [config]), 'Config')
    assert.equal(complete('export async function lo|fig(', [config]), 'adCon')
    assert.equal(complete('export async function lo|zzz(', [config]), '')
  })

  test('does not change the task', () => {
    const { prompt, suffix } = marked('export function ar|')
    const task = taskOf(knowledgeOf([config]), prompt, suffix)
    const texts = (count: number): string[] =>
      firstOf(count, generateTokens(task, greedy, randomFrom(1), 0)).map((each) => each.text)
    const first = texts(99)
    texts(3)
    assert.deepEqual(texts(99), first)
  })
})
