import assert from 'node:assert/strict'
import { logged } from '../../../../src/ui/log/log.ts'
import { logRun } from '../../../../src/ui/log/runLog.ts'
import { runEntry } from '../../usage/ledger/support.ts'

function lineOf(own: Parameters<typeof runEntry>[0]): string[] {
  const lines: string[] = []
  logRun({ info: (line) => lines.push(line) }, runEntry(own))
  return lines
}

const request = {
  method: 'POST',
  url: new URL('http://127.0.0.1:1/v1/completions'),
  headers: { authorization: 'Bearer sk-a-secret-key', 'x-team': 'docs' },
  body: '{"prompt":"my text"}',
} as const

/** What is logged about one request, and what its reader received */
async function exchange(logLevel: number): Promise<{ lines: string[]; read: string }> {
  const lines: string[] = []
  const log = { logLevel, trace: (line: string) => lines.push(line) }
  async function* body() {
    yield Buffer.from('{"error":"Unknown key sk-a-se')
    yield Buffer.from('cret-key"}')
  }
  const send = logged(log, async () => ({ status: 401, header: () => 'x', body: body() }))
  const response = await send(request, new AbortController().signal)
  assert.equal(response.header('any'), 'x')
  let read = ''
  for await (const bytes of response.body) read += Buffer.from(bytes).toString()
  return { lines, read }
}

suite('log', () => {
  test('has request and response at level Trace only, and never the key', async () => {
    const { lines, read } = await exchange(1)
    assert.equal(read, '{"error":"Unknown key sk-a-secret-key"}')
    assert.equal(lines.length, 2)
    assert.match(lines[0]!, /^request .*my text/)
    assert.equal(lines[1], String.raw`response 401 "{\"error\":\"Unknown key …\"}"`)
    assert.doesNotMatch(lines.join(), /sk-a-secret/)
    for (const level of [0, 2, 3]) assert.deepEqual((await exchange(level)).lines, [])
  })

  test('has one line for a run', () => {
    assert.deepEqual(lineOf({ dollars: null }), [
      'completion ended: stop, localhost:8080 qwen, python, usage {"prompt_tokens":100,"cached_tokens":60,"completion_tokens":10}, 40 characters inserted, first token after 200 ms, total 900 ms',
    ])
  })

  test('has the kind of a failure, and what the run has cost', () => {
    const own = { outcome: 'failed', end: 'timeout', model: '', estimated: true } as const
    assert.deepEqual(lineOf({ ...own, firstTokenAfter: null, dollars: 0.01 }), [
      'completion failed: timeout, localhost:8080, python, usage {"prompt_tokens":100,"cached_tokens":60,"completion_tokens":10,"estimated":true}, $0.010000, 40 characters inserted, total 900 ms',
    ])
  })
})
