import assert from 'node:assert/strict'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { cut, hold, type Piece } from '../../support/sseServer.ts'
import { read, REQUEST, useConnections, type Run } from './support.ts'

suite('Completions: a stream is complete', () => {
  const connect = useConnections()
  const run = async (...pieces: Piece[]): Promise<Run> => {
    const { client } = await connect(stream(...pieces), { idleTimeout: 0.05 })
    return read(client.createStreaming(REQUEST))
  }
  const complete = (what: string, ...pieces: Piece[]) =>
    test(what, async () => {
      assert.equal((await run(...pieces)).error, undefined)
    })
  const incomplete = (what: string, ...pieces: Piece[]) =>
    test(`but ${what}`, async () => {
      const { error, text: got } = await run(...pieces)
      assert.deepEqual([got, error?.kind], ['a', 'cut'])
    })

  complete('when it told the reason', text('a', 'stop'))
  complete('when it told a reason that the API does not have', text('a', 'eos'), DONE)
  complete('when the reason came with a chunk without text', text('a'), STOP, DONE)
  complete('when every choice has ended', text('', null, 1), STOP, text('', 'stop', 1))
  complete('when a choice that has ended is told of once more', text('a', 'stop'), text(''), DONE)
  complete('when the connection breaks after the reason', text('a', 'stop'), cut)
  complete('when nothing comes after the reason', text('a', 'stop'), hold)

  incomplete('not when it just ends', text('a'))
  incomplete('not by [DONE] alone', text('a'), DONE)
  incomplete('not when the reason is empty', text('a', ''), DONE)
  incomplete('not when there is usage instead', text('a'), event({ choices: [], usage: {} }), DONE)
  incomplete('not while one of the choices goes on', text('a', 'stop'), text('b', null, 1), DONE)
  incomplete('not when the connection breaks', text('a'), cut)
  incomplete('not when it breaks inside an event', text('a'), STOP.slice(0, 30), cut)
  incomplete('not when it ends inside an event', text('a'), STOP.slice(0, 30))
  incomplete(
    'not when it breaks and another choice goes on',
    STOP,
    text('a'),
    text('', null, 1),
    cut,
  )
})
