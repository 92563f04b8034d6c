import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { grown } from '../bench/held.ts'
import { heldAfter } from '../bench/inHost/session.ts'
import { stream } from '../support/answers.ts'
import type { Answer } from '../support/sseServer.ts'
import { useServer } from './support.ts'

/** Set by `npm run bench -- memory`: the file for the results. Without it, the short form runs. */
const file = process.env['INFILL_BENCH']

suite('memory', () => {
  const serve = useServer()

  test('is flat over many completions', async function () {
    this.timeout(900_000)
    let answer: Answer = stream()
    await serve(() => answer)
    const respond = (next: Answer): void => {
      answer = next
    }
    // As often in each way
    const [first, others] = file === undefined ? [36, 36] : [198, 804]
    const few = await heldAfter({ respond, count: first })
    const many = await heldAfter({ respond, count: others }, first)
    if (file !== undefined) await writeFile(file, JSON.stringify({ few, many }))
    else assert.deepEqual(grown(few, many), [])
  })
})
