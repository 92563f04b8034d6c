import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as vscode from 'vscode'
import type { Api, Completed } from '../../src/editor/api.ts'
import { DONE, event, json, stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { complete, openText, setEndpoint, useServer } from './support.ts'

suite('for other extensions', () => {
  const serve = useServer()
  const extension = vscode.extensions.getExtension<Api>('infill.infill')
  let infill: Api

  suiteSetup(async () => {
    assert.ok(extension)
    infill = await extension.activate()
  })

  /** Runs an example of the README as it is written, and returns what it wrote to `output`. */
  async function run(example: string): Promise<string> {
    const written: string[] = []
    const AsyncFunction = Object.getPrototypeOf(run).constructor as FunctionConstructor
    const output = { append: (value: string) => written.push(value) }
    await AsyncFunction('vscode', 'output', example)(vscode, output)
    return written.join('')
  }

  async function examples(): Promise<string[]> {
    assert.ok(extension)
    const readme = await readFile(join(extension.extensionPath, 'README.md'), 'utf8')
    const [, section = ''] = readme.split('## For other extensions')
    return [...section.matchAll(/```js\n([^]*?)```/g)].map(([, code = '']) => code)
  }

  test('the basic example of the README runs as written', async () => {
    const server = await serve(
      json({ choices: [{ index: 0, text: '"blue"', finish_reason: 'stop' }] }),
    )
    const [basic = ''] = await examples()
    assert.equal(await run(basic), '"blue"')
    assert.deepEqual(server.requests[0]?.body, {
      model: 'm',
      prompt: 'const colours = ["red", "green", ',
      suffix: ']\n',
      max_tokens: 32,
      temperature: 0.2,
      stream: false,
    })
  })

  test('the streaming example of the README runs as written', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 }
    const server = await serve(
      stream(text('colour'), text('s', 'stop'), event({ choices: [], usage }), DONE),
    )
    const [, streaming = ''] = await examples()
    assert.equal(await run(streaming), 'colours\n11 tokens')
    assert.equal(Reflect.get(Object(server.requests[0]?.body), 'stream'), true)
  })

  test('aborting the signal cancels the request', async () => {
    const server = await serve(stream(text('a'), hold))
    const stop = new AbortController()
    const seen: string[] = []
    for await (const { choices } of infill.createStreaming({ prompt: 'x' }, stop)) {
      seen.push(...choices.map((choice) => choice.text))
      stop.abort()
    }
    assert.deepEqual(seen, ['a'])
    await (
      await server.received()
    ).closed
  })

  test('an error has a kind and an English message', async () => {
    await serve(json({ error: { message: 'No key' } }, 401))
    await assert.rejects(infill.create({ prompt: 'x' }), {
      kind: 'authentication',
      status: 401,
      message: /^127\.0\.0\.1:\d+ responded with 401: No key$/,
    })
  })

  test('the message of an error names what went wrong', async () => {
    await serve(stream(text('a')))
    await assert.rejects(infill.create({ prompt: 'x' }), {
      kind: 'cut',
      message: /^The stream ended before the completion was finished\./,
    })
    await serve(json({ object: 'list', data: [] }))
    await assert.rejects(infill.create({ prompt: 'x' }), {
      kind: 'protocol',
      message: /^The response is not a valid completion\./,
    })
    await setEndpoint('not a URL')
    await assert.rejects(infill.create({ prompt: 'x' }), {
      kind: 'invalid_request',
      message: /^The setting infill\.endpoint must be .* it is "not a URL"\.$/,
    })
  })

  test('onDidComplete reports a completion in an editor without its text', async () => {
    await serve(stream(text('secret', 'stop'), DONE))
    const told: Completed[] = []
    const listener = infill.onDidComplete((completed) => told.push(completed))
    await openText('(|)')
    await complete()
    listener.dispose()
    assert.deepEqual(
      told.map(({ end }) => end),
      ['stop'],
    )
    assert.ok(!JSON.stringify(told).includes('secret'))
  })
})
