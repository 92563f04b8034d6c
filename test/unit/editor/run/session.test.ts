import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../../src/completions/index.ts'
import type { CompletionSink, SinkStop } from '../../../../src/editor/run/completionSink.ts'
import { othersIn } from '../../../../src/editor/run/received.ts'
import { runSession, type Cursor } from '../../../../src/editor/run/session.ts'
import { textOf } from '../../../../src/infill/filters/segment.ts'
import type { Progress } from '../../../../src/usage/progress.ts'
import { DONE, json, stream, text } from '../../../support/answers.ts'
import { hold, startServer, type Answer, type ScriptedServer } from '../../../support/sseServer.ts'
import { sentenceOf } from '../../../support/wording.ts'
import { capabilitiesOf, generationFrom } from '../../generation/support.ts'

/** Collects the text of each place in a string. */
class Collector implements CompletionSink {
  readonly texts: string[]
  readonly stopped: AbortSignal[]
  readonly over: AbortSignal
  readonly isHeld = false
  readonly #stops: AbortController[]
  readonly #over = new AbortController()

  constructor(places: number) {
    this.texts = Array.from({ length: places }, () => '')
    this.#stops = this.texts.map(() => new AbortController())
    this.stopped = this.#stops.map((stop) => stop.signal)
    this.over = this.#over.signal
  }

  write(index: number, piece: string): void {
    this.texts[index] += piece
  }

  stop(index: number, reason: SinkStop): void {
    this.#stops[index]?.abort(reason)
    if (this.stopped.every((each) => each.aborted)) this.#over.abort(reason)
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }
}

suite('a session with any sink', () => {
  let server: ScriptedServer
  let transport: Transport
  let respond: (body: Record<string, unknown>) => Answer

  setup(async () => {
    transport = await createTransport()
    server = await startServer(({ body }) => respond(Object(body)))
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  async function run(sink: Collector, { signal = new AbortController().signal } = {}) {
    const reports: Progress[] = []
    const { connection, settings, capabilities } = generationFrom({
      server,
      transport,
      capabilities: capabilitiesOf(),
      notices: [],
    })
    const cursors = sink.texts.map((_, index): Cursor => {
      const prompt = `f${index}(`
      return {
        context: { prompt, suffix: ')\n', omitted: { before: index, after: 0 } },
        surroundings: { before: prompt, linePrefix: prompt, suffix: ')\n' },
      }
    })
    const result = await runSession(cursors, sink, {
      settings,
      connect: () => Promise.resolve(connection),
      capabilities,
      charactersPerToken: 3,
      report: (progress) => reports.push(progress),
      notice: () => undefined,
      check: () => Promise.resolve(),
      signal,
    })
    return { ...result, reports }
  }

  test('writes the filtered completion and reports how it ended', async () => {
    respond = () => stream(text('a, '), text('b'), text(')\n', 'stop'), DONE)
    const sink = new Collector(1)
    const { progress, reports } = await run(sink)
    assert.deepEqual(sink.texts, ['a, b'])
    assert.equal(progress.kind === 'done' && progress.end.reason, 'stop')
    assert.equal(reports[0]?.kind, 'waiting')
  })

  test('writes one completion per place', async () => {
    respond = ({ prompt }) => stream(text(String(prompt).includes('f0(') ? 'x' : 'y', 'stop'), DONE)
    const sink = new Collector(2)
    const { progress } = await run(sink)
    assert.deepEqual(sink.texts, ['x', 'y'])
    assert.deepEqual(progress.kind === 'done' && progress.omitted, { before: 1, after: 0 })
  })

  test('ends the request of a place that accepts no more text', async () => {
    respond = () => stream(text('x'), hold)
    const sink = new Collector(1)
    const running = run(sink)
    const { closed } = await server.received()
    while (sink.texts[0] === '') await new Promise((resolve) => setTimeout(resolve, 5))
    sink.stop(0, 'undone')
    const { progress } = await running
    assert.deepEqual(progress.kind === 'done' && progress.end, { by: 'user', reason: 'undone' })
    await closed
  })

  test('keeps the text when it is cancelled', async () => {
    respond = () => stream(text('x'), hold)
    const sink = new Collector(1)
    const stop = new AbortController()
    const running = run(sink, stop)
    while (sink.texts[0] === '') await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort()
    const { progress } = await running
    assert.deepEqual(sink.texts, ['x'])
    assert.deepEqual(progress.kind === 'done' && progress.end, { by: 'user', reason: 'cancelled' })
  })

  test('an error is part of the result', async () => {
    respond = () => json({ error: { message: 'No key' } }, 401)
    const { progress } = await run(new Collector(1))
    assert.equal(progress.kind, 'failed')
    assert.match(
      sentenceOf(progress.kind === 'failed' ? progress.error : undefined),
      /401: No key$/,
    )
  })

  test('alternatives are in the order of their indexes', async () => {
    const choice = (index: number, piece: string) => text(piece, 'stop', index)
    respond = () => stream(choice(0, 'a'), choice(3, 'd'), choice(1, 'b'), choice(2, 'c'), DONE)
    const { received } = await run(new Collector(1))
    assert.deepEqual(
      received.map((each) => othersIn(each).map(textOf)),
      [['b', 'c', 'd']],
    )
  })

  for (const reason of ['length', 'content_filter', 'abort']) {
    test(`a finish_reason without text is reported: ${reason}`, async () => {
      respond = () => stream(text('', reason), DONE)
      const { progress } = await run(new Collector(1))
      assert.deepEqual(progress.kind === 'done' && progress.end, { by: 'server', reason })
    })
  }

  test('a completion without text is empty', async () => {
    respond = () => stream(text('', 'stop'), DONE)
    const { progress } = await run(new Collector(1))
    assert.equal(progress.kind === 'done' && progress.end.reason, 'empty')
  })
})
