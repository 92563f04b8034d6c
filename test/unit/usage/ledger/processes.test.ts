import assert from 'node:assert/strict'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { compact } from '../../../../src/usage/ledger/compact.ts'
import { readRows } from '../../../../src/usage/ledger/readRows.ts'
import { totalOf } from '../../../../src/usage/ledger/rows.ts'
import { noon, useFolder } from './support.ts'

type Child = ChildProcessByStdio<null, Readable, Readable>

const ENTRIES = 1000

// Other processes than this one, as each window of VS Code is one
suite('a ledger with several writers', function () {
  this.timeout(60_000)
  const makeFolder = useFolder()
  const children: Child[] = []
  teardown(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  function start(program: string, ...args: string[]): Child {
    const path = fileURLToPath(new URL(program, import.meta.url))
    const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    return child
  }

  const exited = (child: Child): Promise<void> =>
    new Promise((resolve) => child.once('close', () => resolve()))

  /** Writes to the end, and returns what it said about errors. */
  async function write(folder: string): Promise<string> {
    const child = start('writer.probe.ts', folder, String(ENTRIES))
    child.stdout.resume()
    const [said] = await Promise.all([text(child.stderr), exited(child)])
    return said
  }

  for (const writers of [2, 4]) {
    test(`${writers} writers and a process that compacts: all sums are exact`, async () => {
      const folder = await makeFolder()
      const compacter = start('compacter.probe.ts', folder)
      let compacted = ''
      compacter.stdout.on('data', (piece) => (compacted += String(piece)))
      const isTried = (): boolean => compacted.split('\n').length > 10 && counts.length > 10
      const exits = exited(compacter)
      const over = new AbortController()
      const counts: number[] = []
      async function readAgain(): Promise<void> {
        while (!over.signal.aborted) counts.push(totalOf(await readRows(folder)).runs)
      }
      const reading = readAgain()
      const said: string[] = []
      // A busy machine starts the process that compacts late.
      while (said.length === 0 || !isTried()) {
        said.push(...(await Promise.all(Array.from({ length: writers }, () => write(folder)))))
      }
      over.abort()
      await reading
      compacter.kill('SIGTERM')
      await exits
      assert.deepEqual(
        said,
        said.map(() => ''),
      )
      // What was read meanwhile never lost an entry, and never had one twice.
      assert.deepEqual(
        counts,
        counts.toSorted((a, b) => a - b),
      )
      const { runs, prompt_tokens } = totalOf(await readRows(folder))
      const entries = said.length * ENTRIES
      assert.deepEqual([runs, prompt_tokens], [entries, 3 * entries])
      // After everything was compacted, it is the same.
      assert.ok(await compact(folder, noon('2026-12-24')))
      assert.equal(totalOf(await readRows(folder)).runs, entries)
    })
  }

  test('a writer and a process that compacts are killed: what was written counts once', async () => {
    const folder = await makeFolder()
    let reported = 0
    for (let round = 0; round < 4; round++) {
      const writer = start('writer.probe.ts', folder, String(ENTRIES))
      const compacter = start('compacter.probe.ts', folder)
      let lines = ''
      writer.stdout.on('data', (piece) => (lines += String(piece)))
      const exits = [exited(writer), exited(compacter)]
      // A busy machine takes long to start a process.
      await new Promise((resolve) => writer.stdout.once('data', resolve))
      await new Promise((resolve) => setTimeout(resolve, 200 + 60 * round))
      compacter.kill('SIGKILL')
      writer.kill('SIGKILL')
      await Promise.all(exits)
      reported += lines.split('\n').length - 1
    }
    assert.ok(reported > 50, `${reported} entries`)
    const { runs } = totalOf(await readRows(folder))
    // The last entry of each may be written and not reported yet.
    assert.ok(runs >= reported && runs <= reported + 4, `${runs} of ${reported}`)
  })

  test('stays below 1 MB', async () => {
    const folder = await makeFolder()
    assert.equal(await write(folder), '')
    const names = await readdir(folder)
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, name))).size),
    )
    const size = sizes.reduce((sum, each) => sum + each, 0)
    assert.ok(size < 100_000, `${size} bytes in ${names.length} files`)
  })
})
