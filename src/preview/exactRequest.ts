import type { TextEditor } from 'vscode'
import { toHttpRequest } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import { secretsOf, withoutSecrets, type Secrets } from '../completions/secrets.ts'
import type { HttpRequest } from '../completions/http/transport.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { isStreamed } from '../servers/request.ts'
import type { Wire } from '../connection/connector.ts'
import type { Settings } from '../settings/settings.ts'
import type { TokenRatios } from '../connection/learned/tokenRatios.ts'
import { prepare, type GenerateOptions } from '../generation/generate.ts'
import type { Connection } from '../generation/connection.ts'
import { contextOf } from '../editor/document/contextOf.ts'
import { checkSendable } from '../editor/document/checkSendable.ts'
import { scopeOf } from '../editor/document/notebook.ts'
import type { SuffixStrategy } from '../generation/suffixStrategy.ts'

export interface ExactOptions extends Pick<GenerateOptions, 'capabilities' | 'notice'> {
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
  strategy: SuffixStrategy
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
  const context = contextOf(document, selection, settings, options.ratios.of(settings))
  checkSendable({ document, windows: [context], settings })
  const connection = await options.connect(settings, signal)
  const { capabilities, notice } = options
  const { request, strategy } = await prepare(context, {
    connection,
    settings,
    capabilities,
    notice,
    signal,
  })
  const { requestOptions } = await options.wire(settings)
  const dialect = connection.profile.dialects?.[strategy.mode]
  const shown = { ...withoutSecrets(requestOptions), ...(dialect && { dialect }) }
  return {
    settings,
    http: toHttpRequest(shown, request, isStreamed(settings, request)),
    secrets: secretsOf(requestOptions),
    strategy,
    dialect,
  }
}
