import assert from 'node:assert/strict'
import { keysOf } from '../../../src/builtin/keys.ts'
import { workspaceModel } from '../../../src/builtin/workspaceModel.ts'
import { complete, config, python, run } from './complete.ts'

suite('builtin model never repeats the suffix', () => {
  // The file on disk is the document itself: wherever the caret is, what follows is there already.
  const document = config
  for (let caret = 0; caret <= document.length; caret += 7) {
    const text = `${document.slice(0, caret)}|${document.slice(caret)}`
    test(`of the document as it is on disk, at ${caret}`, async () => {
      const answer = await complete(text, [document])
      const line = document.slice(caret).trimStart().split('\n', 1)[0] ?? ''
      assert.ok(line === '' || !answer.trimStart().startsWith(line), answer)
    })
  }

  test('but finds what was deleted from the document on disk', async () => {
    // At the start of a file, and where a block is opened, there is more than one way to go on.
    const lines = config.split('\n').filter((each) => /\w.*[^{]$/.test(each))
    for (const line of lines.slice(1)) {
      const answer = await complete(config.replace(line.trim(), '|'), [config])
      assert.equal(answer, line.trim())
    }
  })

  test('and finds several deleted lines', async () => {
    const [before = '', after = ''] = config.split(/ {2}try[^]*\n {2}}\n/)
    const answer = await complete(`${before}  |\n${after}`, [config])
    assert.equal(`${before}  ${answer}\n${after}`, config)
  })

  test('and prefers a useful place to the empty one', async () =>
    assert.equal(await complete('a.open(|)\nb\n', ['a.open()\nb\n', 'a.open(x)\n']), 'x'))
})

suite('builtin model', () => {
  for (const text of [
    '|',
    '\n\n|',
    ' |',
    '|\n}',
    'nothing like this |',
    '}\n|',
    '𠮷|',
    '\ud842|\udfb7',
  ]) {
    test(`has nothing to say to ${JSON.stringify(text)}`, async () =>
      assert.deepEqual(await run(text, [config]), [{ text: '', finish_reason: 'stop' }]))
  }

  test('has nothing to say in an empty workspace', async () =>
    assert.equal(await complete('const a = |', []), ''))

  test('ends at max_tokens with length', async () => {
    const all = (await run('export function ar|', [config])).length - 1
    for (const max_tokens of [0, 1, 5, all - 1]) {
      const pieces = await run('export function ar|', [config], max_tokens)
      assert.equal(pieces.length, max_tokens + 1)
      assert.equal(pieces.at(-1)?.finish_reason, 'length')
    }
    const whole = await run('export function ar|', [config], all)
    assert.equal(whole.at(-1)?.finish_reason, 'stop')
  })

  test('gives one answer to one request', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => complete('  const |', [config, python])))
    assert.equal(new Set(answers).size, 1)
  })

  test('keeps surrogate pairs whole', async () => {
    const pieces = await run('say(|', ['say("👩‍👧 𠮷𠮷")\n'])
    assert.equal(pieces.map((piece) => piece.text).join(''), '"👩‍👧 𠮷𠮷")')
    assert.ok(pieces.every((piece) => piece.text.isWellFormed()))
  })

  test('stops when it is cancelled', async () => {
    const sources = [{ text: config, keys: keysOf(config) }]
    const model = workspaceModel({ ready: async () => undefined, sources: () => sources })
    const gone = new AbortController()
    const input = { prompt: 'export function ar', suffix: '', max_tokens: 99, signal: gone.signal }
    const read = async (): Promise<void> => {
      for await (const _ of model.complete(input)) gone.abort()
    }
    await assert.rejects(read(), { name: 'AbortError' })
  })
})
