import type { TextEditor } from 'vscode'
import { toHttpRequest } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type { HttpRequest } from '../completions/http/transport.ts'
import { secretsOf, withoutSecrets, type Secrets } from '../completions/secrets.ts'
import type { Connections } from '../connection/connections.ts'
import type { TokenRatios } from '../connection/learned/tokenRatios.ts'
import { checkSendable } from '../editor/document/checkSendable.ts'
import { contextWithProject } from '../editor/document/contextOf.ts'
import type { ProjectFiles } from '../editor/project/projectFiles.ts'
import { runSettings } from '../editor/runSettings.ts'
import { prepare, type NegotiateOptions } from '../generation/negotiate.ts'
import type { SuffixStrategy } from '../generation/suffixStrategy.ts'
import { dialectOf } from '../servers/dialectOf.ts'
import { isStreamed } from '../servers/request.ts'
import type { Settings } from '../settings/settings.ts'

export interface ExactRequestOptions
  extends Connections, Pick<NegotiateOptions, 'capabilities' | 'notice'> {
  ratios: TokenRatios
  /** As for a completion */
  showsConfidence: () => boolean
  files: () => Promise<ProjectFiles>
}

/** The request that a completion at the cursor would send now. */
export interface ExactRequest {
  settings: Settings
  /** With names in place of the secrets */
  http: HttpRequest
  secrets: Secrets
  strategy: SuffixStrategy
  /** Of the strategy; `undefined` for the completions API's own */
  dialect: Dialect | undefined
}

/** @throws CompletionError as the completion itself would before it is sent */
export async function exactRequest(
  { document, selection }: TextEditor,
  options: ExactRequestOptions,
  signal: AbortSignal,
): Promise<ExactRequest> {
  const { ratios, capabilities, notice } = options
  const settings = runSettings(document, options.showsConfidence())
  const context = contextWithProject(document, selection, settings, {
    ratio: ratios.of(settings),
    files: await options.files(),
  })
  checkSendable({ document, contexts: [context], settings })
  const connection = await options.connect(settings, signal)
  const negotiate = { connection, settings, capabilities, notice, signal }
  const { request, strategy } = await prepare(context, negotiate)
  const { profile, requestOptions } = connection
  const dialect = dialectOf(profile, strategy.mode)
  const shown = { ...withoutSecrets(requestOptions), ...(dialect && { dialect }) }
  return {
    settings,
    http: toHttpRequest(shown, request, isStreamed(settings, request)),
    secrets: secretsOf(requestOptions),
    strategy,
    dialect,
  }
}
