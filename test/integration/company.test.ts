import assert from 'node:assert/strict'
import {
  commands,
  FoldingRange,
  InlineCompletionItem,
  languages,
  Position,
  Selection,
  SnippetString,
  TextEdit,
  window,
  workspace,
} from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import {
  complete,
  drawn,
  inTwo,
  openText,
  untilSo,
  untilText,
  useDisposables,
  useServer,
  useSettings,
} from './support.ts'

suite('a completion beside features of VS Code and other extensions', () => {
  const serve = useServer()
  const files = useFiles()
  const set = useSettings()
  const register = useDisposables()

  const type = (typed: string) => commands.executeCommand('type', { text: typed })

  test('is inserted between auto-closed brackets; the closing one can be typed over', async () => {
    await set('editor.autoClosingBrackets', 'always')
    await serve(stream(text('a, '), text('b'), STOP, DONE))
    const editor = await openText('f|')
    await type('(')
    assert.equal(drawn(editor), 'f(|)')
    await complete()
    assert.equal(drawn(editor), 'f(a, b|)')
    await type(')')
    assert.equal(drawn(editor), 'f(a, b)|')
  })

  test('its brackets are not auto-closed', async () => {
    await set('editor.autoClosingBrackets', 'always')
    await set('editor.autoClosingQuotes', 'always')
    await set('editor.autoSurround', 'languageDefined')
    await set('editor.linkedEditing', true)
    await serve(stream(text('g('), text('h["'), STOP, DONE))
    const editor = await openText('f([old])')
    await complete()
    assert.equal(drawn(editor), 'f(g(h["|)')
  })

  test('is not formatted or indented on type', async () => {
    await set('editor.formatOnType', true)
    await set('editor.autoIndent', 'full')
    const asked: string[] = []
    register(
      languages.registerOnTypeFormattingEditProvider(
        'javascript',
        {
          provideOnTypeFormattingEdits: (_document, _position, character) => {
            asked.push(character)
            return [TextEdit.insert(new Position(0, 0), '!')]
          },
        },
        '}',
        ';',
        '\n',
      ),
    )
    await serve(stream(text('{\n'), text('   x;\n'), text(' }'), STOP, DONE))
    const editor = await files.open('a.js', 'if (a) |\n')
    await complete()
    assert.equal(drawn(editor), 'if (a) {\n   x;\n }|\n')
    assert.deepEqual(asked, [])
    // Typing does call it; otherwise this test could not fail.
    await type(';')
    await untilText(editor.document, (all) => all.startsWith('!'))
    assert.deepEqual(asked, [';'])
  })

  test('replaces the placeholder of a snippet; Tab moves to the next one', async () => {
    await serve(stream(text('one'), text(' two'), STOP, DONE))
    const editor = await openText('|')
    await editor.insertSnippet(new SnippetString('f(${1:a}, ${2:b})'))
    await untilSo(() => drawn(editor) === 'f([a], b)')
    await complete()
    await untilSo(() => drawn(editor) === 'f(one two|, b)')
    await commands.executeCommand('jumpToNextSnippetPlaceholder')
    await untilSo(() => drawn(editor) === 'f(one two, [b])')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'f(a, b)')
  })

  test('does not accept the ghost text of another extension', async () => {
    await set('editor.inlineSuggest.enabled', true)
    let asked = 0
    register(
      languages.registerInlineCompletionItemProvider('plaintext', {
        provideInlineCompletionItems: () => {
          asked++
          return [new InlineCompletionItem('GHOST')]
        },
      }),
    )
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await openText('(|)')
    await commands.executeCommand('editor.action.inlineSuggest.trigger')
    await untilSo(() => asked > 0)
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await commands.executeCommand('editor.action.inlineSuggest.trigger')
    sendSecond()
    await run
    assert.equal(drawn(editor), '(one two|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(|)')
  })

  test('is not changed by open suggestions', async () => {
    await set('editor.wordBasedSuggestions', 'currentDocument')
    await set('editor.acceptSuggestionOnCommitCharacter', true)
    let offered = 0
    register(
      languages.registerCompletionItemProvider('plaintext', {
        provideCompletionItems: () => {
          offered++
          return [{ label: 'onerous', insertText: 'ONEROUS', commitCharacters: [' ', 'o'] }]
        },
      }),
    )
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await openText('(|)\nonerous')
    await commands.executeCommand('editor.action.triggerSuggest')
    await untilSo(() => offered > 0)
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one)'))
    await commands.executeCommand('editor.action.triggerSuggest')
    sendSecond()
    await run
    assert.equal(drawn(editor), '(one two|)\nonerous')
  })

  test('works in a wrapped line and below a folded region', async () => {
    await set('editor.wordWrap', 'on')
    register(
      languages.registerFoldingRangeProvider('plaintext', {
        provideFoldingRanges: () => [new FoldingRange(0, 2)],
      }),
    )
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const long = 'word '.repeat(200)
    const editor = await openText(`a {\n  b\n}\n${long}(|)`)
    await commands.executeCommand('editor.foldAll')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await commands.executeCommand('editor.foldAll')
    sendSecond()
    await run
    assert.equal(drawn(editor), `a {\n  b\n}\n${long}(one two|)`)
  })

  test('is a separate undo step after a run that it replaced', async () => {
    await serve([stream(text('one'), hold), stream(text(' two'), STOP, DONE)])
    const editor = await openText('(|)')
    const first = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await complete()
    await first
    assert.equal(drawn(editor), '(one two|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(one|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(|)')
  })

  test('places cursors after the texts; undo restores the selections', async () => {
    await serve(stream(text('one'), text(' two'), STOP, DONE))
    const editor = await openText('(old)\n()|')
    const before = [new Selection(0, 1, 0, 4), new Selection(1, 1, 1, 1)]
    editor.selections = before
    await complete()
    const after = [new Selection(0, 8, 0, 8), new Selection(1, 8, 1, 8)]
    await untilSo(() =>
      editor.selections.every((each, index) => each.isEqual(after[index] ?? each)),
    )
    assert.equal(editor.document.getText(), '(one two)\n(one two)')
    await commands.executeCommand('undo')
    await untilSo(() =>
      editor.selections.every((each, index) => each.isEqual(before[index] ?? each)),
    )
    assert.equal(editor.document.getText(), '(old)\n()')
  })

  test('sends nothing when the key reports a read-only editor', async () => {
    const server = await serve(stream(text('one'), STOP, DONE))
    const editor = await files.open('a.txt', '(|)')
    await commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession')
    try {
      await commands.executeCommand('infill.complete', { readOnly: true })
    } finally {
      await commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession')
    }
    assert.equal(server.requests.length, 0)
    assert.equal(editor.document.getText(), '(|)'.replace('|', ''))
    await commands.executeCommand('infill.complete', { readOnly: false })
    assert.equal(server.requests.length, 1)
    assert.equal(window.activeTextEditor, editor)
    assert.ok(workspace.textDocuments.includes(editor.document))
  })
})
