import assert from 'node:assert/strict'
import { commands, extensions } from 'vscode'
import { closeAll, complete, openText, setEndpoint } from './support.ts'

suite('the built-in endpoint', () => {
  suiteSetup(() => setEndpoint(undefined))
  teardown(closeAll)

  test('completes without any setup, as one undo step', async () => {
    const known = ['one', 'two', 'three'].map((name) => {
      return `function ${name}() {\n  const total = sumOf(items)\n  return total\n}\n\n`
    })
    const before = `${known.join('')}function four() {\n  const total = |\n  return total\n}\n`
    const editor = await openText(before)
    await complete()
    assert.equal(editor.document.getText(), before.replace('|', 'sumOf(items)'))
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), before.replace('|', ''))
  })
})

suite('the extension host', () => {
  const symbols = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
  const dispatchers = () => symbols.map((symbol): unknown => Reflect.get(globalThis, symbol))
  // Mocha loads every file before the first test, so this is before any completion.
  const before = dispatchers()

  test('keeps its global dispatcher after undici is loaded', async () => {
    const editor = await openText('a\n|')
    await complete()
    assert.ok(extensions.getExtension('infill.infill')?.isActive)
    assert.equal(editor.document.isClosed, false)
    assert.deepEqual(dispatchers(), before)
  })
})
