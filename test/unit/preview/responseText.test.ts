import assert from 'node:assert/strict'
import { parseCompletion } from '../../../src/completions/parse.ts'
import { printResponse } from '../../../src/preview/responseText.ts'

const exchange = {
  status: 200,
  headers: { server: 'x' },
  firstChunkAfter: 1.4,
  elapsed: 2.6,
  raw: { choices: [] } as unknown,
  chunks: 1,
  completion: parseCompletion({ choices: [{ text: 'ab\r\nc' }, { text: 'b' }] }),
  failure: null,
}

suite('a response as a document', () => {
  test('contains the server’s own JSON', () => {
    const remarks = ['A header was not sent.']
    assert.deepEqual(JSON.parse(printResponse(exchange, { failure: null, remarks })), {
      status: 200,
      remarks,
      timeToFirstChunk: '1 ms',
      totalTime: '3 ms',
      headers: { server: 'x' },
      response: { choices: [] },
    })
  })

  test('contains the completion of a stream, and the stream itself when it failed', () => {
    const streamed = { ...exchange, raw: 'data: …', chunks: 7 }
    const shown = JSON.parse(printResponse(streamed, { failure: null, remarks: [] }))
    assert.deepEqual([shown.chunks, shown.completion.choices.length], [7, 2])
    assert.equal(shown.response, undefined)
    const failed = JSON.parse(printResponse(streamed, { failure: 'Cut.', remarks: [] }))
    assert.deepEqual([failed.failure, failed.response], ['Cut.', 'data: …'])
  })
})
