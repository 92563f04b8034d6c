import assert from 'node:assert/strict'
import type { ServerCapabilities } from '../../../src/generation/serverCapabilities.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { capabilitiesOf, generationFrom, piecesOf, useServed } from './support.ts'

const project = {
  snippets: [{ path: 'a.ts', text: 'export const a = 1' }],
  path: 'main.ts',
  repository: 'shop',
  comment: { begin: '//', end: '' },
}
const context = { prompt: 'const x = ', suffix: '\n}\n', project }

suite('Generation: parts of other files', () => {
  const serve = useServed()

  async function sent(
    id: ServerId,
    { known = {}, model = 'm' }: { known?: ServerCapabilities; model?: string } = {},
  ): Promise<Record<string, unknown>> {
    const infill = stream(event({ content: 'a', stop: true, stop_type: 'eos' }))
    const served = await serve(id === 'llamacpp' ? infill : stream(text('a'), STOP, DONE))
    const capabilities = capabilitiesOf(known)
    const settings = { maxTokens: 16 }
    const options = generationFrom({ ...served, capabilities, notices: [], id, settings, model })
    for await (const piece of piecesOf(context, options)) assert.ok(piece.index === 0)
    return served.server.requests[0]?.body as Record<string, unknown>
  }

  test('go into llama.cpp’s own field', async () => {
    const body = await sent('llamacpp')
    assert.deepEqual(body['input_extra'], [{ filename: 'a.ts', text: 'export const a = 1' }])
    assert.deepEqual([body['input_prefix'], body['input_suffix']], ['const x = ', '\n}\n'])
  })

  test('are comments before the prompt of a server with a field for the suffix only', async () => {
    const body = await sent('openai', { known: { suffix: 'honoured' } })
    assert.equal(body['prompt'], '// a.ts\n// export const a = 1\nconst x = ')
    assert.deepEqual([body['suffix'], 'input_extra' in body], ['\n}\n', false])
  })

  test('are in the format of the model’s family with a template', async () => {
    const { prompt } = await sent('vllm', { model: 'qwen2.5-coder' })
    assert.equal(
      prompt,
      '<|repo_name|>shop\n<|file_sep|>a.ts\nexport const a = 1\n<|file_sep|>main.ts\n<|fim_prefix|>const x = <|fim_suffix|>\n}\n<|fim_middle|>',
    )
  })

  test('are not sent to the built-in endpoint, which reads the workspace', async () => {
    const body = await sent('builtin')
    assert.deepEqual([body['prompt'], 'input_extra' in body], ['const x = ', false])
  })

  test('are given up first when the context of the server is small', async () => {
    const body = await sent('openai', { known: { suffix: 'honoured', context: 40 } })
    assert.equal(body['prompt'], 'const x = ')
  })
})
