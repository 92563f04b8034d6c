import assert from 'node:assert/strict'
import { createClient, createTransport, type Transport } from '../../../src/completions/index.ts'
import { choicePieces } from '../../../src/generation/choices.ts'
import type { Surroundings } from '../../../src/infill/surroundings.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import { parseSettings } from '../../../src/settings/settings.ts'
import { DONE, STOP, stream, text } from '../../support/answers.ts'
import { startServer, type ScriptedServer } from '../../support/sseServer.ts'

const IN_CALL: Surroundings = { linePrefix: 'foo(', suffix: ')' }

suite('pieces of an answer', () => {
  let server: ScriptedServer
  let transport: Transport

  setup(async () => {
    transport = await createTransport()
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  /** What goes into the document, and why it ended */
  async function asked(
    answer: readonly string[],
    surroundings?: Surroundings,
    stop: string[] = [],
  ): Promise<[text: string, end: string | null]> {
    server = await startServer(stream(...answer.map((each) => text(each)), STOP, DONE))
    const settings = parseSettings(() => undefined)
    const client = createClient({
      ...settings,
      base: server.url,
      apiKey: null,
      send: transport.send,
    })
    const answered = choicePieces(
      { model: 'm', prompt: 'foo(', max_tokens: 9, stop },
      { mode: 'off', template: null },
      {
        connection: { profile: profileOf('vllm'), client: () => client },
        settings,
        signal: new AbortController().signal,
        surroundings,
      },
    )
    let all = ''
    let end: string | null = null
    for await (const piece of answered) {
      all += piece.text
      end = piece.finish_reason ?? end
    }
    return [all, end]
  }

  test('what the document has is not given out', async () => {
    assert.deepEqual(await asked(['a, b', ')'], IN_CALL), ['a, b', 'stop'])
  })

  test('without surroundings, all is as the model wrote it', async () => {
    assert.deepEqual(await asked(['\ta, b', ')'.repeat(3)]), ['\ta, b)))', 'stop'])
  })

  test('all of it was there', async () => {
    assert.deepEqual(await asked([')'], IN_CALL), ['', 'overlapped'])
    await server.close()
    assert.deepEqual(await asked([')\n', 'bar()'], IN_CALL), ['', 'overlapped'])
  })

  test('round and round', async () => {
    const lines = Array.from({ length: 40 }, () => '  log(total);\n')
    const [all, end] = await asked(['a;\n', ...lines], { linePrefix: 'x', suffix: '' })
    assert.deepEqual([all, end], ['a;\n  log(total);\n  log(total);', 'repeating'])
  })

  test('what was kept back when a stop sequence came is not lost', async () => {
    const below: Surroundings = { linePrefix: 'f() {', suffix: '\nreturn total' }
    assert.deepEqual(await asked(['a\nreturn', '<stop>b'], below, ['<stop>']), [
      'a\nreturn',
      'stop',
    ])
  })

  test('indented first, then compared with the document', async () => {
    const tabs: Surroundings = {
      linePrefix: '\t',
      suffix: '\n\treturn total\n}',
      insertSpaces: false,
      tabSize: 4,
    }
    assert.deepEqual(await asked(['    a()\n    ret', 'urn total\n}'], tabs), ['a()', 'stop'])
  })
})
