import assert from 'node:assert/strict'
import { Selection, type TextEditor } from 'vscode'
import { createLanguageSyntaxes } from '../../src/editor/document/languageConfiguration.ts'
import { createProjectFiles } from '../../src/editor/project/projectFiles.ts'
import type { ProjectContext } from '../../src/infill/project/projectContext.ts'
import { readSettings } from '../../src/settings/vscode/configuration.ts'
import { useFiles } from './files.ts'
import { setEndpoint, useDisposables } from './support.ts'

const ORDERS = `export interface Order { customer: number }
export function parseOrder(line: string): Order {
  return { customer: Number(line) }
}`

suite('files of the project', () => {
  const files = useFiles()
  const keep = useDisposables()
  setup(() => setEndpoint('http://127.0.0.1:9/v1'))
  teardown(() => setEndpoint(undefined))

  test('are read while the cursor moves without a pause', async () => {
    await files.open('orders.ts', `${ORDERS}|`)
    const editor = await files.open('main.ts', 'const order: Order = parseOrder(|)\n')
    const project = createProjectFiles(createLanguageSyntaxes())
    keep(project)
    const contextAt = ({ document, selection }: TextEditor): ProjectContext | undefined =>
      project.contextAt(document, selection.active, {
        settings: readSettings(document.uri),
        characters: 1000,
      })
    let found: ProjectContext | undefined
    for (let moves = 0; found === undefined; moves++) {
      editor.selection = new Selection(0, moves % 20, 0, moves % 20)
      // Much less than the pause after which files are read
      await new Promise((resolve) => setTimeout(resolve, 10))
      found = contextAt(editor)
    }
    assert.deepEqual(
      found.snippets.map(({ text }) => text),
      [ORDERS],
    )
  })
})
