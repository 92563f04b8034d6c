import assert from 'node:assert/strict'
import { appendFile, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compact } from '../../../../src/usage/ledger/compact.ts'
import { createLedger, type Ledger } from '../../../../src/usage/ledger/ledger.ts'
import { readRows } from '../../../../src/usage/ledger/readRows.ts'
import { totalOf } from '../../../../src/usage/ledger/rows.ts'
import type { OpenFile } from '../../../../src/usage/ledger/writer.ts'
import { keptEntry, noon, runEntry, useFolder } from './support.ts'

suite('ledger', () => {
  const makeFolder = useFolder()

  function ledgerIn(folder: string, now = noon('2026-11-27'), openFile?: OpenFile) {
    const faults: string[] = []
    const onFault = (code: string): void => void faults.push(code)
    const options = { folder, onFault, now: () => now, ...(openFile && { openFile }) }
    return { ledger: createLedger(options), faults }
  }

  const runsIn = async (ledger: Ledger): Promise<number> => totalOf(await ledger.read()).runs

  test('is empty before the first run', async () => {
    const { ledger } = ledgerIn(join(await makeFolder(), 'new'))
    assert.deepEqual(await ledger.read(), [])
  })

  test('sums up per day, endpoint, model and language', async () => {
    const { ledger } = ledgerIn(await makeFolder())
    ledger.add(runEntry())
    ledger.add(runEntry({ outcome: 'cancelled', estimated: true, dollars: null }))
    ledger.add(keptEntry({ when: 'save', kept: 39 }))
    ledger.add(runEntry({ model: 'codestral' }))
    ledger.add(runEntry({ at: noon('2026-11-26') }))
    const rows = await ledger.read()
    assert.deepEqual(
      rows.map(({ period, model, runs }) => [period, model, runs]),
      [
        ['2026-11-26', 'qwen', 1],
        ['2026-11-27', 'qwen', 2],
        ['2026-11-27', 'codestral', 1],
      ],
    )
    const { firstToken, kept, ...sums } = rows[1]!
    assert.deepEqual(sums, {
      period: '2026-11-27',
      endpoint: 'localhost:8080',
      model: 'qwen',
      language: 'python',
      runs: 2,
      cancelled: 1,
      failed: 0,
      prompt_tokens: 200,
      cached_tokens: 120,
      completion_tokens: 20,
      estimated: 1,
      elapsed: 1800,
      dollars: 0.25,
      priced: 1,
      inserted: 80,
    })
    assert.deepEqual(Object.values(firstToken), [2])
    assert.deepEqual(kept.save, { inserted: 40, kept: 39 })
    assert.deepEqual(kept.halfMinute, { inserted: 0, kept: 0 })
  })

  test('is the same after a restart, and after it was compacted', async () => {
    const folder = await makeFolder()
    const { ledger } = ledgerIn(folder)
    ledger.add(runEntry())
    ledger.add(keptEntry())
    const before = await ledger.read()
    assert.deepEqual(await ledgerIn(folder).ledger.read(), before)
    assert.ok(await compact(folder, noon('2026-12-24')))
    assert.deepEqual(await readdir(folder), ['summary.json'])
    assert.deepEqual(await readRows(folder), before)
  })

  test('the day is that of the user’s time zone', async () => {
    const { ledger } = ledgerIn(await makeFolder())
    ledger.add(runEntry({ at: new Date(2026, 10, 30, 23, 59, 59).getTime() }))
    ledger.add(runEntry({ at: new Date(2026, 11, 1, 0, 0, 1).getTime() }))
    const periods = (await ledger.read()).map(({ period }) => period)
    assert.deepEqual(periods, ['2026-11-30', '2026-12-01'])
  })

  test('a line that is torn or is no entry is skipped', async () => {
    const folder = await makeFolder()
    const { ledger } = ledgerIn(folder)
    ledger.add(runEntry())
    await ledger.settled()
    const [file = ''] = await readdir(folder)
    const line = (await readFile(join(folder, file), 'utf8')).trimEnd()
    await appendFile(join(folder, file), `\u0000\nnull\n{"kind":"later","at":1}\n${line}`)
    assert.equal(await runsIn(ledger), 1)
    await compact(folder, noon('2026-12-24'))
    assert.equal(await runsIn(ledger), 1)
  })

  test('a clock that goes backwards loses nothing', async () => {
    const folder = await makeFolder()
    let now = noon('2026-12-02')
    const faults: string[] = []
    const ledger = createLedger({ folder, now: () => now, onFault: (code) => faults.push(code) })
    for (const day of ['2026-12-02', '2026-11-20', '2026-12-02', '2026-11-20']) {
      now = noon(day)
      ledger.add(runEntry({ at: now }))
      await ledger.settled()
      await compact(folder, noon('2026-12-24'))
    }
    assert.deepEqual(
      (await ledger.read()).map(({ period, runs }) => [period, runs]),
      [
        ['2026-11-20', 2],
        ['2026-12-02', 2],
      ],
    )
    assert.deepEqual(faults, [])
  })

  test('a full disk is reported once, and what was not written is written later', async function () {
    if (process.platform !== 'linux') this.skip()
    const folder = await makeFolder()
    let isFull = true
    // The errors of a real device that is full
    const { ledger, faults } = ledgerIn(folder, undefined, (path, flags) =>
      open(isFull ? '/dev/full' : path, isFull ? 'a' : flags),
    )
    ledger.add(runEntry())
    ledger.add(runEntry())
    await ledger.settled()
    assert.deepEqual(faults, ['ENOSPC'])
    assert.equal(await runsIn(ledger), 0)
    isFull = false
    ledger.add(runEntry())
    assert.equal(await runsIn(ledger), 3)
    assert.deepEqual(faults, ['ENOSPC'])
  })

  test('a line of which the disk takes a part counts once', async () => {
    const folder = await makeFolder()
    let isFull = true
    const { ledger, faults } = ledgerIn(folder, undefined, async (path, flags) => {
      const file = await open(path, flags)
      if (!isFull) return file
      const write = file.write.bind(file)
      // All but the line break, which is the worst case
      Object.assign(file, { write: (text: string) => write(text.slice(0, -1)) })
      return file
    })
    ledger.add(runEntry())
    await ledger.settled()
    isFull = false
    ledger.add(runEntry())
    assert.equal(await runsIn(ledger), 2)
    assert.deepEqual(faults, ['ENOSPC'])
  })

  test('a folder that cannot be written is reported once', async () => {
    const parent = await makeFolder()
    const inTheWay = join(parent, 'file')
    await writeFile(inTheWay, '')
    const { ledger, faults } = ledgerIn(join(inTheWay, 'usage'))
    ledger.add(runEntry())
    ledger.add(runEntry())
    await ledger.settled()
    assert.deepEqual(faults, ['ENOTDIR'])
  })

  test('a damaged summary is set aside', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'summary.json'), '{"rows": [')
    const { ledger, faults } = ledgerIn(folder)
    ledger.add(runEntry())
    assert.equal(await runsIn(ledger), 1)
    assert.deepEqual(faults, [])
    assert.equal(await readFile(join(folder, 'summary.json.damaged'), 'utf8'), '{"rows": [')
  })

  test('after a reset it is empty, and goes on', async () => {
    const folder = await makeFolder()
    const { ledger } = ledgerIn(folder)
    ledger.add(runEntry())
    await ledger.settled()
    await compact(folder, noon('2026-12-24'))
    ledger.add(runEntry())
    await ledger.reset()
    assert.equal(await runsIn(ledger), 0)
    ledger.add(runEntry())
    assert.equal(await runsIn(ledger), 1)
  })

  test('20,000 runs of one day with names from a server take less than 1 MB', async function () {
    this.timeout(20_000)
    const folder = await makeFolder()
    const now = noon('2026-11-27')
    let largest = 0
    for (let part = 0; part < 20; part++) {
      const lines = Array.from({ length: 1000 }, (_, index) => {
        const at = now - (part * 1000 + index) * 600_000
        return JSON.stringify(runEntry({ at, model: `model ${part} ${index}`.padEnd(120, 'x') }))
      })
      const name = `2026-11-27.${String(part).padStart(16, '0')}.jsonl`
      await writeFile(join(folder, name), `${lines.join('\n')}\n`)
      assert.ok(await compact(folder, now))
      const names = await readdir(folder)
      const sizes = await Promise.all(
        names.map(async (each) => (await stat(join(folder, each))).size),
      )
      largest = Math.max(
        largest,
        sizes.reduce((sum, each) => sum + each, 0),
      )
    }
    assert.ok(largest < 400_000, `${largest} bytes`)
    assert.equal(totalOf(await readRows(folder)).prompt_tokens, 2_000_000)
  })
})
