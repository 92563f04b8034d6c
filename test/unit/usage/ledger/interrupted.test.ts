import assert from 'node:assert/strict'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compact } from '../../../../src/usage/ledger/compact.ts'
import { createLedger } from '../../../../src/usage/ledger/ledger.ts'
import { readRows } from '../../../../src/usage/ledger/readRows.ts'
import { totalOf } from '../../../../src/usage/ledger/rows.ts'
import { noon, runEntry, useFolder } from './support.ts'

const LATER = noon('2026-12-24')

/** What a process leaves that was killed at one point of its work */
suite('an interrupted compaction', () => {
  const makeFolder = useFolder()

  /** A ledger with three runs in one file */
  async function open() {
    const folder = await makeFolder()
    const now = noon('2026-11-27')
    const ledger = createLedger({ folder, now: () => now, onFault: assert.fail })
    for (let count = 0; count < 3; count++) ledger.add(runEntry())
    await ledger.settled()
    const name = (await readdir(folder)).find((each) => each.endsWith('.jsonl'))!
    const lock = join(folder, `${name}.lock`)
    const runs = async (): Promise<number> => totalOf(await readRows(folder)).runs
    return { folder, ledger, name, lock, runs }
  }

  async function makeOld(path: string): Promise<void> {
    const before = new Date(Date.now() - 120_000)
    await utimes(path, before, before)
  }

  test('after the summary was written, its files count once and are removed', async () => {
    const { folder, name, lock, ledger, runs } = await open()
    const content = await readFile(join(folder, name))
    assert.ok(await compact(folder, LATER))
    await writeFile(join(folder, name), content)
    await writeFile(lock, '')
    assert.equal(await runs(), 3)
    // The writer finds its file locked, and begins a new one.
    ledger.add(runEntry())
    await ledger.settled()
    assert.equal(await runs(), 4)
    assert.ok(await compact(folder, LATER))
    assert.equal(await runs(), 4)
    assert.deepEqual(await readdir(folder), ['summary.json'])
  })

  test('before the summary was written, a later one takes over its locks', async () => {
    const { folder, name, lock, runs } = await open()
    const global = join(folder, 'compact.lock')
    await writeFile(lock, '')
    await writeFile(global, 'token of another')
    assert.equal(await compact(folder, LATER), false)
    await makeOld(global)
    assert.ok(await compact(folder, LATER))
    assert.ok((await readdir(folder)).includes(name), 'It may be written to at this moment.')
    await makeOld(lock)
    assert.ok(await compact(folder, LATER))
    assert.deepEqual(await readdir(folder), ['summary.json'])
    assert.equal(await runs(), 3)
  })

  test('while the summary was written, the old one counts', async () => {
    const { folder, runs } = await open()
    await writeFile(join(folder, 'summary.json.new'), '{"included": [], "rows": [{"per')
    assert.equal(await runs(), 3)
    assert.ok(await compact(folder, LATER))
    assert.equal(await runs(), 3)
  })

  test('a file that the compaction has moved is not written to again', async () => {
    const { folder, name, ledger, runs } = await open()
    assert.ok(await compact(folder, LATER))
    ledger.add(runEntry())
    await ledger.settled()
    assert.ok(!(await readdir(folder)).includes(name))
    assert.equal(await runs(), 4)
  })
})
