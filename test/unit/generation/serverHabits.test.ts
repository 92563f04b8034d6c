import assert from 'node:assert/strict'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { type Piece as Bytes } from '../../support/sseServer.ts'
import { capabilitiesOf, generationFrom, piecesOf, useServed } from './support.ts'

suite('habits of servers', () => {
  const serve = useServed()

  /** The text of each choice, in the order of their indexes */
  async function generated(...body: Bytes[]): Promise<string[]> {
    const { server, transport } = await serve(stream(...body))
    const options = generationFrom({
      server,
      transport,
      capabilities: capabilitiesOf(),
      notices: [],
    })
    const texts: string[] = []
    for await (const piece of piecesOf({ prompt: 'f(', suffix: '' }, options)) {
      texts[piece.index] = (texts[piece.index] ?? '') + piece.text
    }
    return texts
  }

  const last = (whole: string, reason: string | null = 'stop'): string =>
    event({ choices: [{ index: 0, message: { content: whole }, finish_reason: reason }] })

  suite('the last chunk repeats the whole text', () => {
    test('in `text`', async () => {
      assert.deepEqual(await generated(text('foo('), text('bar'), text('foo(bar', 'stop'), DONE), [
        'foo(bar',
      ])
    })

    test('in `message`', async () => {
      assert.deepEqual(await generated(text('foo('), text('bar'), last('foo(bar'), DONE), [
        'foo(bar',
      ])
    })

    test('for each choice', async () => {
      const body = [
        text('foo(', null, 1),
        text('a, '),
        text('bar', null, 1),
        text('b'),
        text('foo(bar', 'stop', 1),
        text('a, b', 'length'),
      ]
      assert.deepEqual(await generated(...body, DONE), ['a, b', 'foo(bar'])
    })

    for (const [name, parts] of Object.entries({
      'a token twice': ['ab', 'ab'],
      'one sign': ['-', '-', '--'],
      'the rest of a rule': ['----', '----', '--------'],
      'another text': ['foo', 'bar', 'foo'],
    })) {
      test(`not: ${name}`, async () => {
        const chunks = parts.map((part, at) => text(part, at === parts.length - 1 ? 'stop' : null))
        assert.deepEqual(await generated(...chunks, DONE), [parts.join('')])
      })
    }

    test('not: without finish_reason', async () => {
      const body = [text('foo('), text('bar'), text('foo(bar'), STOP, DONE]
      assert.deepEqual(await generated(...body), ['foo(barfoo(bar'])
    })
  })
})
