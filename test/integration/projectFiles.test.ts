import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { languages, Location, Position, Selection, Uri, workspace, type TextEditor } from 'vscode'
import { createLanguageSyntaxes } from '../../src/editor/document/languageConfiguration.ts'
import { createProjectFiles, type ProjectFiles } from '../../src/editor/project/projectFiles.ts'
import type { ProjectContext } from '../../src/infill/project/projectContext.ts'
import { readSettings } from '../../src/settings/vscode/configuration.ts'
import { useFiles } from './files.ts'
import { until } from './previewed.ts'
import { configure, setEndpoint, useDisposables } from './support.ts'

const ORDERS = `export interface Order { customer: number }
export function parseOrder(line: string): Order {
  return { customer: Number(line) }
}`

suite('files of the project', () => {
  const files = useFiles()
  const keep = useDisposables()
  setup(() => setEndpoint('http://127.0.0.1:9/v1'))
  teardown(async () => {
    await setEndpoint(undefined)
    await configure({ 'context.files': undefined })
  })

  function keepOpen(): ProjectFiles {
    const project = createProjectFiles(createLanguageSyntaxes())
    keep(project)
    return project
  }

  const contextAt = (project: ProjectFiles, { document, selection }: TextEditor) =>
    project.contextAt(document, selection.active, {
      settings: readSettings(document.uri),
      characters: 1000,
    })

  async function foundAt(editor: TextEditor): Promise<ProjectContext> {
    const project = keepOpen()
    return until(async () => contextAt(project, editor))
  }

  test('are read while the cursor moves without a pause', async () => {
    await files.open('orders.ts', `${ORDERS}|`)
    const editor = await files.open('main.ts', 'const order: Order = parseOrder(|)\n')
    const project = keepOpen()
    let found: ProjectContext | undefined
    for (let moves = 0; found === undefined; moves++) {
      editor.selection = new Selection(0, moves % 20, 0, moves % 20)
      // Much less than the pause after which files are read
      await new Promise((resolve) => setTimeout(resolve, 10))
      found = contextAt(project, editor)
    }
    assert.deepEqual(
      found.snippets.map(({ text }) => text),
      [ORDERS],
    )
  })

  test('are not those that Git ignores, in the folders above as well', async () => {
    const folders = ['.git/info', 'app/lib'].map((name) =>
      mkdir(files.uri(name).fsPath, { recursive: true }),
    )
    await Promise.all(folders)
    await writeFile(files.uri('.gitignore').fsPath, 'above.ts\n')
    await writeFile(files.uri('.git/info/exclude').fsPath, 'own.ts\n')
    await writeFile(files.uri('app/.gitignore').fsPath, 'near.ts\n')
    // The most recently used are read first: the others are known when this one is.
    for (const name of ['orders', 'above', 'own', 'near']) {
      await files.open(`app/lib/${name}.ts`, `${ORDERS.replaceAll('line', name)}|`)
    }
    const editor = await files.open('main.ts', 'const order: Order = parseOrder(|)\n')
    const found = await foundAt(editor)
    assert.deepEqual(
      found.snippets.map(({ path }) => path.split('/').at(-1)),
      ['orders.ts'],
    )
  })

  test('have definitions, also when those of other symbols are in no file', async () => {
    const [folder] = workspace.workspaceFolders!
    const uri = Uri.joinPath(folder!.uri, 'sums.ts')
    await workspace.fs.writeFile(uri, Buffer.from('export const total = 1\n'))
    keep(
      languages.registerDefinitionProvider('typescript', {
        provideDefinition(document, position) {
          const name = document.getText(document.getWordRangeAtPosition(position))
          const missing = Uri.joinPath(folder!.uri, 'gone.ts')
          return new Location(name === 'total' ? uri : missing, new Position(0, 0))
        },
      }),
    )
    await configure({ 'context.files': 'project' })
    const editor = await files.open('main.ts', 'gone(total|)\n')
    const found = await foundAt(editor)
    assert.deepEqual(found.snippets, [{ path: 'sums.ts', text: 'export const total = 1' }])
    await workspace.fs.delete(uri)
  })
})
