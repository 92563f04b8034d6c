import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, NO_CACHE, type MeasureOptions } from '../../../src/evaluation/measure.ts'
import { openBeside, otherFilesOf } from '../../../src/evaluation/otherFiles.ts'
import { openResultCache } from '../../../src/evaluation/resultCache.ts'
import { event, json, stream, text } from '../../support/answers.ts'
import { hold } from '../../support/sseServer.ts'
import { isError } from '../../support/wording.ts'
import { capabilitiesOf, generationFrom, useServed, type Served } from '../generation/support.ts'
import { taskIn } from './support.ts'

const usage = { prompt_tokens: 40, completion_tokens: 3, total_tokens: 43 }

suite('Evaluation: measuring', () => {
  const serve = useServed()

  function optionsFor(served: Served, own: Partial<MeasureOptions> = {}): MeasureOptions {
    const generation = generationFrom({
      ...served,
      capabilities: capabilitiesOf(),
      notices: [],
      settings: { prices: { '*': { input: 1, output: 2 } } },
    })
    return {
      ...generation,
      others: null,
      cache: NO_CACHE,
      syntaxOf: async () => undefined,
      concurrency: 2,
      check: async () => undefined,
      onRequest: () => undefined,
      onProgress: () => undefined,
      ...own,
    }
  }

  /** Answers with what the author wrote, and goes on into the text after it */
  const author = () =>
    stream(text('total + 1'), text('\n}\n', 'stop'), event({ choices: [], usage }))

  test('sends what an editor would send, and filters the answer', async () => {
    const served = await serve(author)
    const task = taskIn('function f() {\n  return [total + 1]\n}\n')
    const [result] = await measure([task], optionsFor(served))
    assert.deepEqual([result?.text, result?.exact, result?.firstLine], ['total + 1', true, true])
    assert.deepEqual([result?.cost.prompt_tokens, result?.dollars], [40, 46e-6])
    const [body] = served.server.requests.map((request) => request.body as { prompt: string })
    // The template of the model, as in the editor
    assert.match(
      body?.prompt ?? '',
      /^<\|fim_prefix\|>function f\(\) \{\n {2}return <\|fim_suffix\|>\n\}\n<\|fim_middle\|>$/,
    )
  })

  test('sends parts of the files beside the gap, in the format of the model', async () => {
    const served = await serve(author)
    const task = taskIn('function price(items) {\n  return [total(items)]\n}\n')
    const total = 'export function total(items) {\n  return items.length\n}'
    const files = [
      { path: task.path, language: 'javascript', text: task.before },
      { path: 'other.js', language: 'javascript', text: total },
    ]
    await measure([task], optionsFor(served, { others: otherFilesOf('shop', files) }))
    const [body] = served.server.requests.map((request) => request.body as { prompt: string })
    assert.equal(
      body?.prompt.split('<|fim_prefix|>')[0],
      `<|repo_name|>shop\n<|file_sep|>other.js\n${total}\n<|file_sep|>${task.path}\n`,
    )
  })

  test('the files of the same folder come first, and none beside an unknown file', () => {
    const paths = ['a/x.ts', 'b/y.ts', 'a/z.ts', ...Array.from({ length: 9 }, (_, at) => `c/${at}`)]
    const files = paths.map((path) => ({ path }))
    const beside = (path: string) => openBeside(path, files).map((file) => file.path)
    assert.deepEqual(beside('a/x.ts').slice(0, 2), ['a/z.ts', 'b/y.ts'])
    assert.equal(beside('a/x.ts').length, 8)
    assert.deepEqual(beside('other.ts'), [])
  })

  test('keeps the order of the tasks, and reports progress', async () => {
    const served = await serve(author)
    const tasks = ['a[b]c', 'd[e]f', 'g[h]i', 'j[k]l'].map((drawing) => taskIn(drawing))
    const done: number[] = []
    const results = await measure(
      tasks,
      optionsFor(served, { onProgress: (count) => done.push(count) }),
    )
    assert.deepEqual(
      results.map(({ id }) => id),
      tasks.map(({ id }) => id),
    )
    assert.deepEqual(done, [1, 2, 3, 4])
  })

  test('goes on after an error of one task', async () => {
    let count = 0
    const served = await serve(() => (count++ === 0 ? json({ error: 'x' }, 400) : author()))
    const results = await measure(
      [taskIn('a[b]c'), taskIn('d[e]f')],
      optionsFor(served, { concurrency: 1 }),
    )
    assert.deepEqual(
      results.map(({ problem }) => problem?.id ?? null),
      ['httpStatus', null],
    )
  })

  test('ends with an error that every task would have', async () => {
    const served = await serve(json({ error: { message: 'no' } }, 401))
    const tasks = Array.from({ length: 20 }, (_, index) => taskIn('a[b]c', `${index}`))
    await assert.rejects(measure(tasks, optionsFor(served)), isError('authentication', /401/))
    assert.ok(served.server.requests.length <= 4)
  })

  test('returns what it has when it is cancelled', async () => {
    const abort = new AbortController()
    const served = await serve(author)
    const tasks = Array.from({ length: 20 }, (_, index) => taskIn('a[b]c', `${index}`))
    const results = await measure(
      tasks,
      optionsFor(served, {
        signal: abort.signal,
        concurrency: 1,
        onProgress: (done) => {
          if (done === 3) abort.abort()
        },
      }),
    )
    assert.equal(results.length, 3)
    assert.equal(served.server.requests.length, 3)
  })

  test('reports each request, also one that failed or was cancelled: it may have cost something', async () => {
    const abort = new AbortController()
    let count = 0
    const served = await serve(() => {
      count++
      if (count === 1) return author()
      if (count === 2) return json({ error: 'x' }, 400)
      return stream(text('a'), async () => abort.abort(), hold)
    })
    const ends: string[] = []
    const results = await measure(
      ['a[b]c', 'd[e]f', 'g[h]i'].map((drawing) => taskIn(drawing)),
      optionsFor(served, {
        concurrency: 1,
        signal: abort.signal,
        onRequest: ({ outcome }) => ends.push(outcome),
      }),
    )
    assert.equal(results.length, 2)
    assert.deepEqual(ends, ['finished', 'failed', 'cancelled'])
  })

  test('stops before a request that the budget refuses', async () => {
    const served = await serve(author)
    const check = () => Promise.reject(new Error('spent'))
    await assert.rejects(measure([taskIn('a[b]c')], optionsFor(served, { check })), /spent/)
    assert.equal(served.server.requests.length, 0)
  })

  suite('with a cache', () => {
    let folder: string
    setup(async () => {
      folder = await mkdtemp(join(tmpdir(), 'infill-cache-'))
    })
    teardown(() => rm(folder, { recursive: true }))

    const tasks = [taskIn('return [total + 1]\n}\n', '1'), taskIn('x = [2]\n', '2')]

    async function run(
      served: Served,
      settings = {},
      model = 'm',
      others: MeasureOptions['others'] = null,
    ) {
      const options = optionsFor(served)
      const all = { ...options.settings, ...settings }
      const cache = await openResultCache(join(folder, 'a', 'cache.jsonl'), all, model, others)
      return measure(tasks, { ...options, settings: all, cache, others })
    }

    test('sends a task once, also after the program was stopped in the middle of a line', async () => {
      const served = await serve(author)
      const first = await run(served)
      const file = join(folder, 'a', 'cache.jsonl')
      await writeFile(file, `${await readFile(file, 'utf8')}{"key":"abc","te`)
      assert.deepEqual(await run(served), first)
      assert.equal(served.server.requests.length, 2)
    })

    test('sends it again for another model, with other settings or other files', async () => {
      const served = await serve(author)
      await run(served)
      await run(served, {}, 'other')
      await run(served, { temperature: 1 })
      assert.equal(served.server.requests.length, 6)
      const file = { path: 'a.js', language: 'javascript', text: 'x' }
      await run(served, {}, 'm', otherFilesOf('', [file]))
      await run(served, {}, 'm', otherFilesOf('', [{ ...file, text: 'y' }]))
      assert.equal(served.server.requests.length, 10)
    })
  })
})
