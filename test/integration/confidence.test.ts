import assert from 'node:assert/strict'
import { commands, Selection, type Hover, type MarkdownString, type TextEditor } from 'vscode'
import { DONE, event, STOP, stream } from '../support/answers.ts'
import type { RecordedRequest } from '../support/sseServer.ts'
import { complete, configure, drawn, openText, useServer } from './support.ts'

/** A chunk with one token and another one that could be there, in the form of the completions API */
const token = (text: string, probability: number, other: string) =>
  event({
    choices: [
      {
        index: 0,
        text,
        finish_reason: null,
        logprobs: {
          tokens: [text],
          token_logprobs: [Math.log(probability)],
          top_logprobs: [{ [text]: Math.log(probability), [other]: Math.log(0.3) }],
          text_offset: [0],
        },
      },
    ],
  })

const bodyOf = ({ body }: RecordedRequest): { prompt?: unknown; logprobs?: unknown } => Object(body)

suite('confidence', () => {
  const serve = useServer()
  let isOn = false

  async function toggle(): Promise<void> {
    isOn = !isOn
    await commands.executeCommand('infill.toggleConfidence')
  }

  setup(() => configure({ logprobs: undefined }))
  teardown(async () => {
    if (isOn) await toggle()
  })

  /** `sum(a)` at first, and after a token that was picked: `_all(b)` */
  const answer = (request: RecordedRequest) =>
    String(bodyOf(request).prompt).endsWith('total')
      ? stream(token('_all', 0.9, '_one'), token('(b)', 0.9, '()'), STOP, DONE)
      : stream(token('sum', 0.4, 'total'), token('(a)', 0.95, '()'), STOP, DONE)

  /** What the hover of Infill says at a word */
  async function hoverAt({ document }: TextEditor, word: string): Promise<string> {
    const at = document.positionAt(document.getText().indexOf(word))
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    )
    return hovers
      .flatMap(({ contents }) => contents)
      .map((each) => (each as MarkdownString).value)
      .filter((text) => text.includes(' %'))
      .join('\n')
  }

  const pick = (word: string, alternative: string, place = 0, segment = 0) =>
    commands.executeCommand('infill.pickToken', { place, segment, token: word, alternative })

  test('asks for log probabilities only while it is on', async () => {
    const server = await serve(answer)
    await openText('x = |;')
    await complete()
    await toggle()
    await complete()
    await configure({ logprobs: 2 })
    await complete()
    await toggle()
    await configure({ logprobs: undefined })
    await complete()
    assert.deepEqual(
      server.requests.map((request) => bodyOf(request).logprobs),
      [undefined, 5, 2, undefined],
    )
  })

  test('a hover has the probability of its token, and a link for each alternative', async () => {
    await serve(answer)
    const editor = await openText('x = |;')
    await toggle()
    await complete()
    assert.match(
      await hoverAt(editor, 'sum'),
      /^`sum` 40 %, unsure\s+- \[`total`\]\(command:.*30 %/,
    )
    assert.match(await hoverAt(editor, '(a)'), /^`\(a\)` 95 %, very likely/)
    assert.equal(await hoverAt(editor, 'x'), '')
    await toggle()
    assert.equal(await hoverAt(editor, 'sum'), '')
  })

  test('hovers follow edits elsewhere, undo and redo', async () => {
    await serve(answer)
    const editor = await openText('x = |;')
    await toggle()
    await complete()
    await editor.edit((edit) => edit.insert(editor.document.positionAt(0), 'first\n  '))
    assert.match(await hoverAt(editor, 'sum'), /40 %/)
    await commands.executeCommand('undo')
    assert.match(await hoverAt(editor, 'sum'), /40 %/)
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'x = ;')
    assert.equal(await hoverAt(editor, ';'), '')
    await commands.executeCommand('redo')
    assert.match(await hoverAt(editor, '(a)'), /95 %/)
  })

  test('a pick replaces the rest and continues from there, in the same undo step', async () => {
    const server = await serve(answer)
    const editor = await openText('x = |;')
    await toggle()
    await complete()
    assert.equal(drawn(editor), 'x = sum(a)|;')
    await pick('sum', 'total')
    assert.equal(drawn(editor), 'x = total_all(b)|;')
    assert.equal(bodyOf(server.requests[1]!).prompt, 'x = total')
    assert.match(await hoverAt(editor, 'total'), /^`total` 30 %, unsure\s+- \[`sum`\]/)
    assert.match(await hoverAt(editor, '_all'), /90 %/)
    await pick('_all', '_one', 0, 1)
    assert.match(drawn(editor), /^x = total_one/)
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'x = |;')
  })

  test('the text before a pick is an alternative, with its tokens', async () => {
    await serve(answer)
    const editor = await openText('x = |;')
    await toggle()
    await complete()
    await pick('sum', 'total')
    await commands.executeCommand('infill.previousAlternative')
    assert.equal(drawn(editor), 'x = sum(a)|;')
    assert.match(await hoverAt(editor, 'sum'), /40 %/)
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'x = |;')
  })

  for (const eol of ['\n', '\r\n'] as const) {
    test(`works at one of several cursors, with ${JSON.stringify(eol)}`, async () => {
      await serve(answer)
      const editor = await openText('a = \nb = \nc = |', eol)
      editor.selections = [0, 1, 2].map((line) => new Selection(line, 4, line, 4))
      await toggle()
      await complete()
      await pick('sum', 'total', 1)
      const text = () => editor.document.getText().replaceAll('\r\n', '\n')
      assert.equal(text(), 'a = sum(a)\nb = total_all(b)\nc = sum(a)')
      await pick('(a)', '()', 2, 1)
      assert.match(text(), /^a = sum\(a\)\nb = total_all\(b\)\nc = sum\(\)/)
      await commands.executeCommand('undo')
      assert.equal(text(), 'a = \nb = \nc = ')
    })
  }

  test('a token that is gone is not replaced', async () => {
    const server = await serve(answer)
    const editor = await openText('x = |;')
    await toggle()
    await complete()
    await pick('other', 'total')
    await pick('sum', 'nothing')
    assert.equal(drawn(editor), 'x = sum(a)|;')
    assert.equal(server.requests.length, 1)
  })
})
