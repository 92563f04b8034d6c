import type { CompletionErrorKind } from '../../completions/errors.ts'
import type { Translate } from '../translate.ts'

/** An error in about three words, for the status bar. */
export function shortError(kind: CompletionErrorKind, t: Translate): string {
  const words: Readonly<Record<CompletionErrorKind, string>> = {
    invalid_request: t('Check settings'),
    not_editable: t('No editor'),
    not_sent: t('File excluded'),
    not_confirmed: t('Not allowed'),
    budget: t('Budget spent'),
    unreachable: t('Server unreachable'),
    proxy: t('Proxy error'),
    certificate: t('Untrusted certificate'),
    timeout: t('Timed out'),
    authentication: t('API key rejected'),
    not_found: t('Not found'),
    rate_limit: t('Rate limited'),
    quota: t('Quota exceeded'),
    context_length: t('Context too long'),
    rejected: t('Request rejected'),
    server: t('Server error'),
    protocol: t('Invalid response'),
    cut: t('Incomplete response'),
    internal: t('Unexpected error'),
  }
  return words[kind]
}
