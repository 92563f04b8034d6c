import assert from 'node:assert/strict'
import { commands, Position, Range, type TextDocument } from 'vscode'
import { createKeptTracker, type KeptTracker } from '../../src/editor/insertion/keptTracker.ts'
import type { KeptEntry, KeptWhen } from '../../src/usage/ledger/entry.ts'
import { closeAll, openText, untilSo, useDisposables } from './support.ts'

const ORIGIN = { endpoint: 'x', model: 'm' }

suite('kept text', () => {
  const keep = useDisposables()
  teardown(closeAll)

  function track(...delays: (readonly [KeptWhen, number])[]) {
    const entries: KeptEntry[] = []
    const tracker = createKeptTracker((entry) => entries.push(entry), delays)
    keep(tracker)
    return { entries, tracker }
  }

  const range = (from: number, to: number): Range => new Range(0, from, 0, to)

  function trackAll(tracker: KeptTracker, document: TextDocument): void {
    tracker.track(document, range(1, document.getText().length - 1), ORIGIN)
  }

  test('is measured after each delay, with the changes until then', async () => {
    const { entries, tracker } = track(['halfMinute', 50], ['twoMinutes', 400])
    const editor = await openText('(alpha beta|)')
    trackAll(tracker, editor.document)
    await editor.edit((edit) => edit.insert(new Position(0, 0), 'moved\n'))
    await untilSo(() => entries.length === 1)
    await editor.edit((edit) => edit.delete(new Range(1, 1, 1, 7)))
    await untilSo(() => entries.length === 2)
    assert.deepEqual(
      entries.map(({ when, inserted, kept, language }) => [when, inserted, kept, language]),
      [
        ['halfMinute', 9, 9, 'plaintext'],
        ['twoMinutes', 9, 4, 'plaintext'],
      ],
    )
  })

  test('is nothing after an undo, and all again after a redo', async () => {
    const { entries, tracker } = track(['halfMinute', 300], ['twoMinutes', 900])
    const editor = await openText('(|)')
    await editor.edit((edit) => edit.insert(new Position(0, 1), 'alpha'))
    trackAll(tracker, editor.document)
    await commands.executeCommand('undo')
    await untilSo(() => entries.length === 1)
    await commands.executeCommand('redo')
    await untilSo(() => entries.length === 2)
    assert.deepEqual(
      entries.map(({ kept }) => kept),
      [0, 5],
    )
  })

  test('is not measured when the document is closed, nor after the end', async () => {
    const { entries, tracker } = track(['halfMinute', 1500])
    const { document } = await openText('(alpha|)')
    trackAll(tracker, document)
    await closeAll()
    const second = await openText('(beta|)')
    trackAll(tracker, second.document)
    tracker.dispose()
    await new Promise((resolve) => setTimeout(resolve, 1800))
    assert.deepEqual(entries, [])
  })

  test('is tracked for the latest 50 insertions', async () => {
    const { entries, tracker } = track(['halfMinute', 300])
    const { document } = await openText('(alpha|)')
    for (let number = 0; number < 60; number++) {
      tracker.track(document, range(1, 6), { ...ORIGIN, model: String(number) })
    }
    await untilSo(() => entries.length >= 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(entries.length, 50)
    assert.equal(entries[0]?.model, '10')
  })
})
