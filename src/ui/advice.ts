import type { CompletionError, CompletionErrorKind } from '../completions/errors.ts'
import type { Translate } from './translate.ts'

/** What the user can do about an error, in one sentence; `null` when there is nothing to add. */
export function adviceFor(error: CompletionError, t: Translate): string | null {
  const { kind, status = 0 } = error
  const advice = hasEnded(error) ? ended : (BY_KIND[kind] ?? BY_STATUS[status])
  return advice === undefined ? null : advice(t)
}

type Advice = (t: Translate) => string

/** OpenAI ended its last models of the completions API on 2026-09-28. */
function hasEnded({ kind, code = '', said, problem }: CompletionError): boolean {
  const host = 'host' in problem ? problem.host : ''
  if (host !== 'api.openai.com' || (kind !== 'not_found' && kind !== 'rejected')) return false
  return kind === 'not_found' || /model_not_found|deprecat/.test(code) || ENDED.test(said)
}

const ENDED = /deprecat|not supported in the v1\/completions|model.*does not exist/i

const ended: Advice = (t) =>
  t(
    'OpenAI no longer has models for completions. Use another server, or a chat model with infill.suffix set to "chat".',
  )

const busy: Advice = (t) =>
  t('The server is busy or still loading its model. Try again in a moment.')

const BY_STATUS: Readonly<Record<number, Advice>> = {
  403: (t) => t('The API key does not have permission for this.'),
  404: (t) => t('Check infill.endpoint, to which /completions is appended, and infill.model.'),
  408: (t) => t('The request timed out. Try again.'),
  422: (t) => t('The server rejects a field of the request: check the request settings.'),
  499: (t) => t('The request was cancelled by a proxy. Try again.'),
  501: (t) =>
    t('The server does not support this with this model: check infill.server and infill.model.'),
  503: busy,
  504: busy,
  529: busy,
}

const BY_KIND: Partial<Readonly<Record<CompletionErrorKind, Advice>>> = {
  proxy: (t) => t('Check http.proxy, http.proxyAuthorization and http.noProxy.'),
  certificate: (t) =>
    t('If it is your own or your organization’s, add it with infill.http.caFile.'),
  timeout: (t) =>
    t('A large model may need more time: see infill.firstTokenTimeout and infill.idleTimeout.'),
  rate_limit: (t) => t('Wait a moment, then try again.'),
  quota: (t) => t('Check your plan and billing with the provider.'),
  context_length: (t) => t('Lower infill.contextTokens or infill.maxTokens.'),
}
