import assert from 'node:assert/strict'
import {
  commands,
  languages,
  Position,
  Range,
  Selection,
  ViewColumn,
  window,
  workspace,
  WorkspaceEdit,
  type TextDocument,
} from 'vscode'
import { streamOf } from '../support/answers.ts'
import { channel, type Channel } from '../support/channel.ts'
import { random } from '../support/random.ts'
import { complete, openText, untilText, useServer } from './support.ts'

const SEED = 20261122
const ROUNDS = 600

/**
 * A simple model of a run: the text before the cursor, the inserted text, and the text after it.
 * While the document is hidden, text waits.
 *
 * ```
 *   before ┃ inserted ┊ waiting ┃ after
 * ```
 */
interface Model {
  before: string
  inserted: string
  waiting: string
  after: string
  /** Whether more text is accepted */
  isOn: boolean
  isHidden: boolean
  /** Whether the document was edited since the run began: then its undo has several steps */
  isEdited: boolean
}

const textOf = ({ before, inserted, after }: Model): string => before + inserted + after

suite('an insertion with random edits', () => {
  const serve = useServer()

  test(`agrees with a simple model in ${ROUNDS} rounds (seed ${SEED})`, async function () {
    this.timeout(300_000)
    const chance = random(SEED)
    let current: Channel = channel()
    await serve(() => streamOf(current.body))
    const other = await workspace.openTextDocument({ content: 'other' })
    const { document } = await openText('|')

    async function agrees(model: Model, history: readonly string[]): Promise<void> {
      const wanted = textOf(model)
      const agreed = untilText(document, (text) => text === wanted)
      const seen = () => `${JSON.stringify(document.getText())}, not ${JSON.stringify(wanted)}`
      await within(10_000, agreed, () => `${history.join(', ')}: ${seen()}`)
      assert.equal(other.getText(), 'other')
    }

    let rounds = 0
    while (rounds < ROUNDS) {
      const history: string[] = []
      const model = await begin(document, chance)
      const start = textOf(model)
      current = channel()
      const run = complete()
      const steps = 3 + chance.below(8)
      for (let step = 0; step < steps && rounds < ROUNDS; step++, rounds++) {
        const action = chance.pick([...ACTIONS, 'chunk', 'chunk', 'chunk'] as const)
        history.push(action)
        await act[action](model, { chance, document, other, current, start })
        await agrees(model, history)
      }
      current.end()
      history.push('end')
      await act.show(model, { chance, document, other, current, start })
      await agrees(model, history)
      await within(10_000, Promise.resolve(run), () => `${history.join(', ')}: it does not end`)
      if (!model.isEdited && model.inserted !== '') {
        await commands.executeCommand('undo')
        assert.equal(document.getText(), start, `undo after ${history.join(', ')}`)
      }
    }
    await closeSecondGroup()
  })
})

interface World {
  chance: ReturnType<typeof random>
  document: TextDocument
  other: TextDocument
  current: Channel
  /** The document when the run began */
  start: string
}

const ACTIONS = [
  'chunk',
  'editBefore',
  'editAfter',
  'editWithin',
  'hide',
  'show',
  'cancel',
  'undo',
  'split',
  'unsplit',
  'language',
] as const

const act: {
  readonly [A in (typeof ACTIONS)[number]]: (model: Model, world: World) => Promise<void>
} = {
  async chunk(model, { chance, current }) {
    // Text that the document does not contain, without a final line end, which would be held back.
    const chunk = chance.pick(['k', 'lm', 'n\no', 'pp qq', 'r🚀s', '\n\nt'])
    current.send(chunk)
    if (model.isOn) model.waiting += chunk
    if (!model.isHidden) arrive(model)
  },
  async editBefore(model, world) {
    // Not directly at the cursor, which is within the insertion.
    const at = whole(model.before, world.chance.below(Math.max(1, model.before.length - 1)))
    const added = world.chance.pick(['x', '\n', 'yy\n'])
    await insert(world.document, at, added)
    model.before = model.before.slice(0, at) + added + model.before.slice(at)
    model.isEdited = true
  },
  async editAfter(model, world) {
    const at = whole(model.after, 1 + world.chance.below(model.after.length - 1))
    const added = world.chance.pick(['x', '\n', 'yy\n'])
    await insert(world.document, model.before.length + model.inserted.length + at, added)
    model.after = model.after.slice(0, at) + added + model.after.slice(at)
    model.isEdited = true
  },
  async editWithin(model, world) {
    const at = 1 + world.chance.below(Math.max(1, model.inserted.length))
    const place = whole(model.inserted, Math.min(at, model.inserted.length))
    await insert(world.document, model.before.length + place, '!')
    model.inserted = `${model.inserted.slice(0, place)}!${model.inserted.slice(place)}`
    model.isEdited = true
    off(model)
  },
  async hide(model, { other }) {
    await closeSecondGroup()
    await window.showTextDocument(other, ViewColumn.One)
    model.isHidden = true
  },
  async show(model, { document }) {
    await window.showTextDocument(document, ViewColumn.One)
    model.isHidden = false
    arrive(model)
  },
  async cancel(model) {
    // Text that is sent to a hidden document cannot be observed yet.
    if (model.waiting !== '') return
    await commands.executeCommand('infill.cancel')
    // Text that arrived is kept, and no more is accepted.
    model.isOn = false
  },
  async undo(model, { start }) {
    if (model.isHidden || model.isEdited || model.inserted === '') return
    await commands.executeCommand('undo')
    off(model)
    Object.assign(model, { inserted: '', isEdited: true })
    assert.equal(textOf(model), start)
  },
  async split(model, { document, chance }) {
    if (model.isHidden) return
    const preserveFocus = chance.below(2) === 0
    await window.showTextDocument(document, { viewColumn: ViewColumn.Two, preserveFocus })
  },
  async unsplit() {
    await closeSecondGroup()
  },
  async language(_model, { document, chance }) {
    await languages.setTextDocumentLanguage(document, chance.pick(['plaintext', 'markdown']))
  },
}

async function closeSecondGroup(): Promise<void> {
  const group = window.tabGroups.all.find(({ viewColumn }) => viewColumn === ViewColumn.Two)
  if (group !== undefined) await window.tabGroups.close(group)
}

/** The offset, or the next one if it is within a character */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at
}

function arrive(model: Model): void {
  model.inserted += model.waiting
  model.waiting = ''
}

function off(model: Model): void {
  model.isOn = false
  model.waiting = ''
}

/** A new document with text on both sides of the cursor */
async function begin(document: TextDocument, chance: World['chance']): Promise<Model> {
  const words = () =>
    Array.from({ length: 3 }, () => chance.pick(['foo ', 'b(\n', 'ä\t', '😀;\n'])).join('')
  const before = `${words()}<`
  const after = `>${words()}`
  const editor = await window.showTextDocument(document, ViewColumn.One)
  const all = new Range(new Position(0, 0), document.positionAt(document.getText().length))
  await editor.edit((edit) => edit.replace(all, before + after))
  const caret = document.positionAt(before.length)
  editor.selection = new Selection(caret, caret)
  return { before, inserted: '', waiting: '', after, isOn: true, isHidden: false, isEdited: false }
}

async function insert(document: TextDocument, offset: number, added: string): Promise<void> {
  // VS Code rejects an edit for an outdated version of the document, for example while its language
  // changes. The edit is then repeated.
  for (let tries = 0; tries < 5; tries++) {
    const edit = new WorkspaceEdit()
    edit.insert(document.uri, document.positionAt(offset), added)
    if (await workspace.applyEdit(edit)) return
  }
  assert.fail('VS Code takes no edit.')
}

async function within<T>(ms: number, promise: Promise<T>, message: () => string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(message())), ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
