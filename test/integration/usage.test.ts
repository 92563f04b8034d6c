import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { commands, extensions, Range, Selection, Uri, window, workspace } from 'vscode'
import { DONE, event, json, STOP, stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { preview, send } from './previewed.ts'
import {
  complete,
  configure,
  drawn,
  inTwo,
  openText,
  untilSo,
  untilText,
  useServer,
} from './support.ts'
import type { Api } from '../../src/editor/api.ts'
import { createLedger } from '../../src/usage/ledger/ledger.ts'
import { english } from '../../src/ui/translate.ts'
import { showUsage } from '../../src/ui/usage/usageCommands.ts'
import { readRows } from '../../src/usage/ledger/readRows.ts'
import { totalOf, type Row } from '../../src/usage/ledger/rows.ts'

const USAGE = event({
  choices: [],
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 200,
    total_tokens: 1200,
    prompt_tokens_details: { cached_tokens: 400 },
  },
})
const PRICES = { 'm*': { input: 1000, cachedInput: 500, output: 2000 } }

suite('usage', () => {
  const serve = useServer()
  teardown(() => configure({ prices: undefined, monthlyBudget: undefined }))

  /** The row of this server, which each test has for itself, when it is as wanted */
  async function rowOf({ url }: { url: URL }, isWanted: (row: Row) => boolean): Promise<Row> {
    const folder = await ledgerFolder()
    for (;;) {
      const rows = (await readRows(folder)).filter(({ endpoint }) => endpoint === url.host)
      const total = totalOf(rows, rows[0])
      if (isWanted(total)) return total
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const hasRuns =
    (count: number) =>
    ({ runs }: Row): boolean =>
      runs === count

  test('a run that finished has an entry, with what the server counted', async () => {
    await configure({ prices: PRICES })
    const server = await serve(stream(text('one two'), STOP, USAGE, DONE))
    await openText('(|)')
    await complete()
    const row = await rowOf(server, hasRuns(1))
    const { runs, failed, cancelled, prompt_tokens, cached_tokens, completion_tokens } = row
    assert.deepEqual([runs, failed, cancelled], [1, 0, 0])
    assert.deepEqual([prompt_tokens, cached_tokens, completion_tokens], [1000, 400, 200])
    assert.deepEqual([row.model, row.language, row.inserted], ['m', 'plaintext', 7])
    assert.equal(row.dollars.toFixed(4), '1.2000')
  })

  test('a run that was stopped has one', async () => {
    const { answer } = inTwo()
    const server = await serve(answer)
    const { document } = await openText('(|)')
    const run = complete()
    await untilText(document, (all) => all === '(one)')
    await commands.executeCommand('infill.cancel')
    await run
    const row = await rowOf(server, hasRuns(1))
    assert.deepEqual([row.cancelled, row.inserted, row.estimated], [1, 3, 1])
    assert.ok(row.completion_tokens > 0)
  })

  test('a run that another one replaces has one, too', async () => {
    const server = await serve([stream(hold), stream(text('x'), STOP, DONE)])
    await openText('(|)')
    const first = complete()
    await server.received(0)
    await complete()
    await first
    assert.equal((await rowOf(server, hasRuns(2))).cancelled, 1)
  })

  test('a run that failed has one, which costs nothing', async () => {
    await configure({ prices: PRICES })
    const server = await serve(json({ error: { message: 'Boom' } }, 500))
    await openText('(|)')
    await complete()
    const { failed, prompt_tokens, dollars } = await rowOf(server, hasRuns(1))
    assert.deepEqual([failed, prompt_tokens, dollars], [1, 0, 0])
  })

  test('when the budget is spent, nothing is sent until the user allows it', async () => {
    const server = await serve(stream(text('x'), STOP, USAGE, DONE))
    await configure({ prices: PRICES, monthlyBudget: 0 })
    const editor = await openText('(|)')
    await complete()
    await rowOf(server, hasRuns(1))
    await configure({ monthlyBudget: 1.2 })
    await complete()
    assert.equal(server.requests.length, 1)
    assert.equal(drawn(editor), '(x|)')
    // What the button of the message does
    await commands.executeCommand('infill.complete', { overBudget: true })
    await complete()
    assert.equal(server.requests.length, 3)
    assert.equal(drawn(editor), '(xxx|)')
    // The run that was refused has no entry.
    await rowOf(server, hasRuns(3))
  })

  test('a model without a price is not refused', async () => {
    await configure({ monthlyBudget: 0.000001, prices: { other: PRICES['m*'] } })
    const server = await serve(stream(text('x'), STOP, USAGE, DONE))
    await openText('(|)')
    await complete()
    assert.equal(server.requests.length, 1)
  })

  test('what is kept is measured at the next save, after the user’s changes', async () => {
    const server = await serve(stream(text('alpha beta'), STOP, DONE))
    const [folder] = workspace.workspaceFolders!
    const uri = Uri.joinPath(folder!.uri, 'kept.txt')
    await workspace.fs.writeFile(uri, Buffer.from('()'))
    const editor = await window.showTextDocument(await workspace.openTextDocument(uri))
    editor.selection = new Selection(0, 1, 0, 1)
    await complete()
    assert.equal(editor.document.getText(), '(alpha beta)')
    await editor.edit((edit) => edit.replace(new Range(0, 1, 0, 6), 'gamma'))
    await editor.document.save()
    const { kept } = await rowOf(server, (row) => row.kept.save.inserted > 0)
    assert.deepEqual(kept.save, { inserted: 9, kept: 4 })
    await workspace.fs.delete(uri)
  })

  test('a request of another extension has an entry', async () => {
    const server = await serve(json({ choices: [{ text: 'x', finish_reason: 'stop' }] }))
    const infill = extensions.getExtension<Api>('infill.infill')!.exports
    await infill.create({ prompt: 'abc'.repeat(10), suffix: 'd' })
    const { inserted, estimated, prompt_tokens } = await rowOf(server, hasRuns(1))
    assert.deepEqual([inserted, estimated], [0, 1])
    assert.ok(prompt_tokens >= 10 && prompt_tokens < 15, `${prompt_tokens}`)
  })

  test('a request that is sent from its preview has an entry', async () => {
    const server = await serve(stream(text('x'), STOP, USAGE, DONE))
    await openText('(|)')
    await send(await preview())
    const { prompt_tokens, model, inserted } = await rowOf(server, hasRuns(1))
    assert.deepEqual([prompt_tokens, model, inserted], [1000, 'm', 0])
  })

  test('resetUsage asks first', async () => {
    const server = await serve(stream(text('x'), STOP, DONE))
    await openText('(|)')
    await complete()
    await rowOf(server, hasRuns(1))
    // An editor under test shows no dialogs, and says so.
    await assert.rejects(
      Promise.resolve(commands.executeCommand('infill.resetUsage')),
      /Reset all recorded usage\?/,
    )
    await rowOf(server, hasRuns(1))
  })

  test('the usage view does not open when the ledger cannot be read', async () => {
    const ledger = createLedger({ folder: '/dev/null/usage', onFault: () => undefined })
    await assert.rejects(ledger.read())
    await showUsage(ledger, english)
    const labels = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label))
    assert.ok(!labels.includes('Infill Usage'))
  })

  test('the usage view opens', async () => {
    await commands.executeCommand('infill.showUsage')
    const isShown = (): boolean =>
      window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Infill Usage'))
    await untilSo(isShown)
    await commands.executeCommand('workbench.action.closeAllEditors')
  })
})

/** The folder of the ledger in the user data of this editor */
async function ledgerFolder(): Promise<string> {
  const data = process.env['INFILL_USER_DATA'] ?? ''
  const files = await readdir(data, { recursive: true, withFileTypes: true })
  const end = join('globalStorage', 'infill.infill')
  const found = files.find(({ name, parentPath }) => name === 'usage' && parentPath.endsWith(end))
  return found === undefined ? data : join(found.parentPath, found.name)
}
