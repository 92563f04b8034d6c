import assert from 'node:assert/strict'
import { eventBatches } from '../../../src/completions/events.ts'

/** What the reader makes of a stream; each event as `data`, or `name|data`. */
async function eventsOf(...pieces: (string | Uint8Array)[]): Promise<string[]> {
  async function* body() {
    for (const piece of pieces) yield Buffer.from(piece)
  }
  const events: string[] = []
  for await (const batch of eventBatches(body())) {
    for (const { event, data } of batch) {
      events.push(event === undefined ? data : `${event}|${data}`)
    }
  }
  return events
}

suite('Completions: server-sent events', () => {
  const rules: [rule: string, stream: string, events: string[]][] = [
    ['a blank line ends an event', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['several blank lines are as good as one', 'data: a\n\n\n\ndata: b\n\n', ['a', 'b']],
    ['lines may end with LF', 'data: a\ndata: b\n\n', ['a\nb']],
    ['lines may end with CRLF', 'data: a\r\ndata: b\r\n\r\n', ['a\nb']],
    ['lines may end with CR', 'data: a\rdata: b\r\r', ['a\nb']],
    ['lines may end each in another way', 'data: a\rdata: b\r\ndata: c\n\n', ['a\nb\nc']],
    ['the space after the colon is not needed', 'data:a\n\n', ['a']],
    ['only one space after the colon is dropped', 'data:  a \n\n', [' a ']],
    ['a colon in the data is data', 'data: a: b\n\n', ['a: b']],
    ['data of several lines is joined with LF', 'data: a\ndata:\ndata: b\n\n', ['a\n\nb']],
    ['a comment is not an event', ': ping\n\n:\n\ndata: a\n\n', ['a']],
    ['a comment may stand inside an event', 'data: a\n: ping\ndata: b\n\n', ['a\nb']],
    ['an event may have a name', 'event: error\ndata: a\n\ndata: b\n\n', ['error|a', 'b']],
    ['a name without data is not an event', 'event: ping\n\ndata: a\n\n', ['a']],
    ['id and retry are ignored', 'id: 1\nretry: 10\nretry: x\ndata: a\n\n', ['a']],
    ['fields of other names are ignored', 'datum: x\nx\ndata: a\n\n', ['a']],
    ['empty data is an event', 'data:\n\ndata: \n\n', ['', '']],
    ['a byte order mark is not text', '\uFEFFdata: a\n\n', ['a']],
    ['a byte order mark is one only at the start', 'data: \uFEFFa\n\n', ['\uFEFFa']],
    ['U+2028 does not end a line', 'data: a\u2028b\n\n', ['a\u2028b']],
    ['the last event may lack its blank line', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['the last event may lack its line end', 'data: a\n\ndata: b', ['a', 'b']],
    ['the last event may end with half a CRLF', 'data: a\r', ['a']],
    ['no bytes are no events', '', []],
  ]
  for (const [rule, stream, events] of rules) {
    test(rule, async () => {
      assert.deepEqual(await eventsOf(stream), events)
    })
    test(`${rule}, byte by byte`, async () => {
      const bytes = [...Buffer.from(stream)].map((byte) => Uint8Array.of(byte))
      assert.deepEqual(await eventsOf(...bytes), events)
    })
  }

  test('bytes that are no UTF-8 become replacement characters', async () => {
    assert.deepEqual(await eventsOf('data: a', Uint8Array.of(0xff), 'b\n\n'), ['a\uFFFDb'])
  })

  test('an event is there as soon as its blank line is', async () => {
    const never = Promise.withResolvers<never>()
    async function* body() {
      yield Buffer.from('data: a\n\n')
      await never.promise
    }
    const { value: batch } = await eventBatches(body()).next()
    const [value] = batch ?? []
    assert.equal(value?.data, 'a')
  })

  test('leaving the loop ends the body', async () => {
    let ended = false
    async function* body() {
      try {
        for (;;) yield Buffer.from('data: a\n\n')
      } finally {
        ended = true
      }
    }
    for await (const [first] of eventBatches(body())) {
      const data = first?.data
      assert.equal(data, 'a')
      break
    }
    assert.ok(ended)
  })
})
