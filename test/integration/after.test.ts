import assert from 'node:assert/strict'
import { commands, Position, Selection, type TextEditor } from 'vscode'
import { DONE, event, STOP, stream, text } from '../support/answers.ts'
import { hold, until, type Answer } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import { complete, configure, drawn, gate, openText, untilText, useServer } from './support.ts'

suite('the last insertion', () => {
  const serve = useServer()
  const files = useFiles()
  teardown(() => configure({ n: undefined, seed: undefined }))

  const regenerate = () => commands.executeCommand('infill.regenerate')
  const next = () => commands.executeCommand('infill.nextAlternative')
  const previous = () => commands.executeCommand('infill.previousAlternative')
  const goOn = () => commands.executeCommand('infill.continue')
  const undo = () => commands.executeCommand('undo')
  const redo = () => commands.executeCommand('redo')
  const bodyOf = (body: unknown) => body as Record<string, unknown>

  /** One response per request; each of its texts is a choice. */
  const answers = (...all: string[][]): Answer[] =>
    all.map((choices) =>
      stream(
        ...choices.map((choice, index) => text(choice.slice(0, 2), null, index)),
        ...choices.map((choice, index) => text(choice.slice(2), 'stop', index)),
        DONE,
      ),
    )

  /** The text after each of the commands */
  async function shown(editor: TextEditor, ...steps: (() => Thenable<unknown>)[]) {
    const seen: string[] = []
    for (const step of steps) {
      await step()
      seen.push(drawn(editor))
    }
    return seen
  }

  test('alternatives are switched in place, cyclically, within one undo step', async () => {
    await serve(answers(['one', 'two\n2', 'three']))
    await configure({ n: 3 })
    const editor = await openText('a(|)\nb')
    const steps = [complete, next, next, next, previous, undo, redo]
    assert.deepEqual(await shown(editor, ...steps), [
      'a(one|)\nb',
      'a(two\n2|)\nb',
      'a(three|)\nb',
      'a(one|)\nb',
      'a(three|)\nb',
      'a(|)\nb',
      'a(three|)\nb',
    ])
    // It is restored, and so are its alternatives.
    assert.deepEqual(await shown(editor, next), ['a(one|)\nb'])
  })

  test('each choice is filtered separately', async () => {
    await serve(answers(['x)', 'y, z)\n']))
    await configure({ n: 2 })
    const editor = await openText('a(|)\n')
    assert.deepEqual(await shown(editor, complete, next), ['a(x|)\n', 'a(y, z|)\n'])
  })

  test('Regenerate sends the same context and replaces the last insertion', async () => {
    const server = await serve(answers(['one'], ['two'], ['two']))
    const editor = await openText('a([old])')
    assert.deepEqual(await shown(editor, complete, regenerate), ['a(one|)', 'a(two|)'])
    const [first, second] = server.requests.map(({ body }) => bodyOf(body))
    assert.deepEqual(second, first)
    // The same text twice is not a third alternative.
    assert.deepEqual(await shown(editor, regenerate, next, next, undo), [
      'a(two|)',
      'a(one|)',
      'a(two|)',
      'a([old])',
    ])
  })

  test('Regenerate increments a configured seed', async () => {
    const server = await serve(answers(['one'], ['two'], ['three']))
    await configure({ seed: 40 })
    await shown(await openText('a(|)'), complete, regenerate, regenerate)
    assert.deepEqual(
      server.requests.map(({ body }) => bodyOf(body)['seed']),
      [40, 41, 42],
    )
  })

  test('the old text stays until the first text of the new result arrives', async () => {
    const go = gate()
    const server = await serve([
      ...answers(['one']),
      stream(until(go.opened), text('two'), hold),
      ...answers(['three']),
    ])
    const editor = await openText('a(|)')
    await complete()
    const again = regenerate()
    await server.received(1)
    assert.equal(drawn(editor), 'a(one|)')
    go.open()
    await untilText(editor.document, (all) => all === 'a(two)')
    await commands.executeCommand('infill.cancel')
    await again
    assert.deepEqual(await shown(editor, previous, next, undo), ['a(one|)', 'a(two|)', 'a(|)'])
  })

  test('a failed attempt keeps the old text, and Regenerate still works', async () => {
    await serve([...answers(['one']), { status: 500, body: ['{}'] }, ...answers(['two'])])
    const editor = await openText('a(|)')
    assert.deepEqual(await shown(editor, complete, regenerate, regenerate, undo), [
      'a(one|)',
      'a(one|)',
      'a(two|)',
      'a(|)',
    ])
  })

  test('undo during Regenerate cancels it and removes the insertion', async () => {
    const server = await serve([...answers(['one']), stream(hold)])
    const editor = await openText('a(|)')
    await complete()
    const again = regenerate()
    const request = await server.received(1)
    await undo()
    await again
    await request.closed
    assert.equal(drawn(editor), 'a(|)')
  })

  test('Continue Generating extends a cut completion within the same undo step', async () => {
    const server = await serve([
      stream(text('one\n', 'length'), DONE),
      stream(text('two', 'length'), DONE),
      stream(text(')'), STOP, DONE),
    ])
    const editor = await openText('a(|)\nb')
    const seen = await shown(editor, complete, goOn, goOn, undo, redo)
    assert.deepEqual(seen, [
      'a(one\n|)\nb',
      'a(one\ntwo|)\nb',
      'a(one\ntwo|)\nb',
      'a(|)\nb',
      'a(one\ntwo|)\nb',
    ])
    const { prompt, suffix } = bodyOf((await server.received(1)).body)
    assert.deepEqual([prompt, suffix], ['a(one\n', ')\nb'])
  })

  test('Regenerate after Continue Generating replaces all of the text', async () => {
    await serve([stream(text('one ', 'length'), DONE), ...answers(['two'], ['three'])])
    const editor = await openText('a(|)', '\r\n')
    assert.deepEqual(await shown(editor, complete, goOn, regenerate, previous), [
      'a(one |)',
      'a(one two|)',
      'a(three|)',
      'a(one two|)',
    ])
  })

  test('each of several cursors has its own alternatives', async () => {
    await serve(({ body }) => {
      const word = String(bodyOf(body)['prompt']).endsWith('a(') ? 'x' : 'y'
      return answers([`${word}1`, `${word}2\n`])[0]!
    })
    await configure({ n: 2 })
    const editor = await openText('a() b()|')
    editor.selections = [new Selection(0, 2, 0, 2), new Selection(0, 6, 0, 6)]
    const seen: string[] = []
    for (const step of [complete, next, next, undo]) {
      await step()
      seen.push(editor.document.getText())
    }
    assert.deepEqual(seen, ['a(x1) b(y1)', 'a(x2\n) b(y2\n)', 'a(x1) b(y1)', 'a() b()'])
  })

  test('it follows edits elsewhere; a new result is then a separate undo step', async () => {
    await serve(answers(['one'], ['two']))
    const editor = await openText('top\na(|)')
    await complete()
    await editor.edit((edit) => edit.insert(new Position(0, 0), 'new\n'))
    assert.deepEqual(await shown(editor, regenerate, undo, undo, undo), [
      'new\ntop\na(two|)',
      'new\ntop\na(one|)',
      'top\na(one|)',
      'top\na(|)',
    ])
  })

  test('an edit elsewhere during Regenerate stays a separate undo step', async () => {
    const go = gate()
    const server = await serve([
      ...answers(['one']),
      stream(until(go.opened), text('two'), STOP, DONE),
    ])
    const editor = await openText('a(|)\nb')
    await complete()
    const again = regenerate()
    await server.received(1)
    await commands.executeCommand('cursorBottom')
    await commands.executeCommand('type', { text: '!' })
    go.open()
    await again
    const seen = [editor.document.getText()]
    for (const step of [undo, undo, undo]) {
      await step()
      seen.push(editor.document.getText())
    }
    assert.deepEqual(seen, ['a(two)\nb!', 'a(one)\nb!', 'a(one)\nb', 'a()\nb'])
  })

  test('invalid settings do not discard the last insertion', async () => {
    await serve(answers(['one'], ['two']))
    const editor = await openText('a(|)')
    await complete()
    await configure({ n: 0 })
    await regenerate()
    await configure({ n: undefined })
    assert.deepEqual(await shown(editor, regenerate), ['a(two|)'])
  })

  test('after a save, Regenerate is a separate undo step', async () => {
    await serve(answers(['one', 'two']))
    await configure({ n: 2 })
    const editor = await files.open('a.txt', 'a(|)')
    await complete()
    assert.ok(await editor.document.save())
    assert.deepEqual(await shown(editor, next, undo, undo), ['a(two|)', 'a(one|)', 'a(|)'])
  })

  test('an edited insertion is no longer the last insertion', async () => {
    const server = await serve(answers(['one'], ['two']))
    const editor = await openText('a(|)')
    await complete()
    await editor.edit((edit) => edit.insert(new Position(0, 3), '!'))
    assert.deepEqual(await shown(editor, regenerate, next, goOn), Array(3).fill('a(o!ne|)'))
    assert.equal(server.requests.length, 1)
  })

  test('usage in a chunk with choices is counted once', async () => {
    const usage = { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 }
    await serve(stream(text('one'), text('two', null, 1), event({ choices: [], usage }), DONE))
    await configure({ n: 2 })
    assert.deepEqual(await shown(await openText('a(|)'), complete), ['a(one|)'])
  })
})
