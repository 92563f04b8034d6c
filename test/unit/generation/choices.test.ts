import assert from 'node:assert/strict'
import { createClient } from '../../../src/completions/index.ts'
import { choicePieces, type ChoiceOptions } from '../../../src/generation/choices.ts'
import { oneByOne } from '../../../src/completions/oneByOne.ts'
import type { Surroundings } from '../../../src/infill/surroundings.ts'
import { useServed } from './support.ts'
import { parseSettings } from '../../../src/settings/settings.ts'
import { DONE, stream, text } from '../../support/answers.ts'

const IN_CALL: Surroundings = { before: 'foo(', linePrefix: 'foo(', suffix: ')' }

suite('choices', () => {
  const serve = useServed()

  /** The text to insert, and why it ended */
  async function filtered(
    answer: readonly string[],
    surroundings?: Surroundings,
    stop: string[] = [],
    reason = 'stop',
    options: ChoiceOptions = {},
  ): Promise<[text: string, end: string | null]> {
    const { server, transport } = await serve(
      stream(...answer.map((each) => text(each)), text('', reason), DONE),
    )
    const settings = parseSettings(() => undefined)
    const client = createClient({
      ...settings,
      base: server.url,
      apiKey: null,
      send: transport.send,
    })
    const request = { model: 'm', prompt: 'foo(', max_tokens: 9, stop }
    const chunks = client.createBatches(request)
    const answered = choicePieces(
      chunks,
      request,
      { mode: 'off', template: null },
      { surroundings, ...options },
    )
    let all = ''
    let end: string | null = null
    for await (const piece of oneByOne(answered)) {
      all += piece.text
      end = piece.end?.reason ?? end
    }
    return [all, end]
  }

  test('removes text that the document already has', async () => {
    assert.deepEqual(await filtered(['a, b', ')'], IN_CALL), ['a, b', 'stop'])
  })

  test('keeps the server’s reason when the text ends with the start of the suffix', async () => {
    assert.deepEqual(await filtered(['a, b', ')'], IN_CALL, [], 'length'), ['a, b', 'length'])
    assert.deepEqual(await filtered([')'], IN_CALL, [], 'length'), ['', 'overlapped'])
  })

  test('changes nothing without surroundings', async () => {
    assert.deepEqual(await filtered(['\ta, b', ')'.repeat(3)]), ['\ta, b)))', 'stop'])
  })

  test('ends with `overlapped` when the document already has all of the text', async () => {
    assert.deepEqual(await filtered([')'], IN_CALL), ['', 'overlapped'])
    assert.deepEqual(await filtered([')\n', 'bar()'], IN_CALL), ['', 'overlapped'])
  })

  test('ends with `repeating` when the text repeats itself', async () => {
    const lines = Array.from({ length: 40 }, () => '  log(total);\n')
    const [all, end] = await filtered(['a;\n', ...lines], {
      before: 'x',
      linePrefix: 'x',
      suffix: '',
    })
    assert.deepEqual([all, end], ['a;\n  log(total);\n  log(total);', 'repeating'])
  })

  test('keeps text that was held back before a stop sequence', async () => {
    const below: Surroundings = { before: 'f() {', linePrefix: 'f() {', suffix: '\nreturn total' }
    assert.deepEqual(await filtered(['a\nr', '<stop>b'], below, ['<stop>']), ['a\nr', 'stop'])
  })

  test('converts the indentation before it compares with the document', async () => {
    const tabs: Surroundings = {
      before: '\t',
      linePrefix: '\t',
      suffix: '\n\treturn total\n}',
      insertSpaces: false,
      tabSize: 4,
    }
    assert.deepEqual(await filtered(['    a()\n    ret', 'urn total\n}'], tabs), ['a()', 'stop'])
  })

  test('reports bidirectional controls that it removed, once', async () => {
    let reported = 0
    const options = { onRemovedBidirectional: () => void reported++ }
    const [all] = await filtered(['a\u202e', 'b\u2066'], undefined, [], 'stop', options)
    assert.deepEqual([all, reported], ['ab', 1])
  })
})
