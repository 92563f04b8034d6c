import type { TextEditor } from 'vscode'
import { toHttpRequest } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import { secretsOf, withoutSecrets, type Secrets } from '../completions/secrets.ts'
import type { HttpRequest } from '../completions/transport.ts'
import { readSettings } from '../settings/configuration.ts'
import { isStreamed } from '../servers/request.ts'
import type { Wire } from '../settings/connect.ts'
import type { Settings } from '../settings/settings.ts'
import type { TokenRatios } from '../settings/tokenRatios.ts'
import { prepare, type AskOptions, type Connection } from './ask.ts'
import { windowOf } from './capture.ts'
import { checkSendable } from './neverSent.ts'
import { scopeOf } from './notebook.ts'
import type { Way } from './way.ts'

export interface ExactOptions extends Pick<AskOptions, 'lessons' | 'notice'> {
  connect: (settings: Settings, signal: AbortSignal) => Promise<Connection>
  wire: (settings: Settings) => Promise<Wire>
  ratios: TokenRatios
}

/** What would go out if the key for a completion were pressed now. */
export interface Exact {
  settings: Settings
  /** With names in place of the secrets */
  http: HttpRequest
  secrets: Secrets
  way: Way
  /** That of the way; the completions API's own where there is none */
  dialect: Dialect | undefined
}

/** @throws CompletionError as the completion itself would, up to its sending */
export async function exactRequest(
  editor: TextEditor,
  options: ExactOptions,
  signal: AbortSignal,
): Promise<Exact> {
  const settings = readSettings(scopeOf(editor.document))
  const { document, selection } = editor
  const context = windowOf(document, selection, settings, options.ratios.of(settings))
  checkSendable({ document, windows: [context], settings })
  const connection = await options.connect(settings, signal)
  const { lessons, notice } = options
  const { request, way } = await prepare(context, { connection, settings, lessons, notice, signal })
  const { requestOptions } = await options.wire(settings)
  const dialect = connection.profile.dialects?.[way.way]
  const shown = { ...withoutSecrets(requestOptions), ...(dialect && { dialect }) }
  return {
    settings,
    http: toHttpRequest(shown, request, isStreamed(settings, request)),
    secrets: secretsOf(requestOptions),
    way,
    dialect,
  }
}
