import {
  Disposable,
  EventEmitter,
  l10n,
  ViewColumn,
  window,
  workspace,
  type Event,
  type Uri,
} from 'vscode'
import { activeEditor } from '../editor/document/activeEditor.ts'
import { cancellable, isCancellation } from './cancellable.ts'
import type { ExactRequest, ExactRequestOptions } from './exactRequest.ts'
import { createMemoryFiles } from './memoryFiles.ts'
import type { PendingPlace } from '../editor/insertion/pendingPlace.ts'
import type { SendRequestOptions } from './sendRequest.ts'

/** What can be done with the request in a document now. */
export interface PreviewState {
  isSending: boolean
  /** Whether there is a response, and a place to insert it */
  isInsertable: boolean
}

/** The documents with requests in this window. */
export interface Previews extends Disposable {
  /** Opens the request for the active editor. */
  open(): Promise<void>
  /** Sends the request in a document and shows the response beside it. */
  send(uri: Uri): Promise<void>
  stop(uri: Uri): void
  /** Inserts the last response where the request was made for. */
  insert(uri: Uri): Promise<void>
  stateOf(uri: Uri): PreviewState
  onDidChange: Event<void>
}

export type PreviewOptions = ExactRequestOptions &
  Pick<SendRequestOptions, 'wire' | 'describe' | 'usage' | 'consent'>

interface Preview {
  /** Both are `null` for a document that was not made by `open`: one that was saved, or restored. */
  exact: ExactRequest | null
  place: PendingPlace | null
  sending: AbortController | null
  choices: readonly string[]
}

const SCHEME = 'infill'

export function createPreviews(options: PreviewOptions): Previews {
  const files = createMemoryFiles(SCHEME)
  const previews = new Map<string, Preview>()
  const changed = new EventEmitter<void>()
  let made = 0

  function previewOf(uri: Uri): Preview {
    const name = uri.toString()
    const preview = previews.get(name) ?? { exact: null, place: null, sending: null, choices: [] }
    previews.set(name, preview)
    return preview
  }

  function forget(uri: Uri): void {
    const { place, sending } = previewOf(uri)
    place?.dispose()
    sending?.abort()
    previews.delete(uri.toString())
  }

  const registered = Disposable.from(
    changed,
    workspace.registerFileSystemProvider(SCHEME, files, { isCaseSensitive: true }),
    workspace.onDidCloseTextDocument(({ uri }) => forget(uri)),
  )

  return {
    async open() {
      // Code that is not needed at activation is loaded at its first use, here and below.
      const { createPendingPlace } = await import('../editor/insertion/pendingPlace.ts')
      const editor = await activeEditor()
      const place = createPendingPlace(editor)
      const abort = new AbortController()
      try {
        const { exactRequest } = await import('./exactRequest.ts')
        const { printRequest } = await import('./requestText.ts')
        const exact = await cancellable(preparing(), abort, (signal) =>
          exactRequest(editor, options, signal),
        )
        made++
        const name = made === 1 ? 'request.infill.json' : `request-${made}.infill.json`
        const uri = files.put(name, printRequest(exact.http), { readonly: false })
        Object.assign(previewOf(uri), { exact, place })
        await window.showTextDocument(uri, { preview: false })
      } catch (error) {
        place.dispose()
        if (!isCancellation(error, abort)) throw error
      }
    },

    async send(uri) {
      const document = await workspace.openTextDocument(uri)
      const preview = previewOf(uri)
      preview.sending?.abort()
      const abort = new AbortController()
      preview.sending = abort
      changed.fire()
      try {
        const { exact } = preview
        const { sendRequest } = await import('./sendRequest.ts')
        const title = `Infill: ${l10n.t('Waiting for the response')}`
        const response = await cancellable(title, abort, (signal, onProgress) =>
          sendRequest(document, { ...options, exact, signal, onProgress }),
        )
        // It was sent again meanwhile.
        if (preview.sending !== abort) return
        preview.choices = response.choices
        // A saved document closes without a question. The user's own files are left to the user.
        if (uri.scheme === SCHEME) await document.save()
        await showBeside(files.put(responseName(uri), response.text, { readonly: true }))
      } catch (error) {
        if (!isCancellation(error, abort)) throw error
      } finally {
        if (preview.sending === abort) preview.sending = null
        changed.fire()
      }
    },

    stop: (uri) => previewOf(uri).sending?.abort(),

    async insert(uri) {
      const { place, choices } = previewOf(uri)
      const text = await pick(choices)
      if (text !== undefined) await place?.insert(text)
    },

    stateOf(uri) {
      const { place, sending, choices } = previewOf(uri)
      return {
        isSending: sending !== null,
        isInsertable: place !== null && choices.some((text) => text !== ''),
      }
    },

    onDidChange: changed.event,

    dispose() {
      for (const { place, sending } of previews.values()) {
        place?.dispose()
        sending?.abort()
      }
      registered.dispose()
    },
  }
}

/** `/request-2.infill.json` → `response-2.json` */
function responseName({ path }: Uri): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.infill)?\.json$/, '')
  return /^request\b/.test(name)
    ? `${name.replace('request', 'response')}.json`
    : `response-${name}.json`
}

async function showBeside(uri: Uri): Promise<void> {
  const shown = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  )
  const viewColumn = shown?.viewColumn ?? ViewColumn.Beside
  await window.showTextDocument(uri, { viewColumn, preview: false, preserveFocus: true })
}

async function pick(choices: readonly string[]): Promise<string | undefined> {
  if (choices.length < 2) return choices[0]
  const items = choices.map((text, index) => ({
    label: `${index + 1}`,
    description: text.trim().split('\n', 1)[0] ?? '',
    text,
  }))
  return (await window.showQuickPick(items, { title: `Infill: ${l10n.t('Which choice?')}` }))?.text
}

function preparing(): string {
  return `Infill: ${l10n.t('Preparing the request')}`
}
