import type { CompletionError, CompletionErrorKind } from '../completions/errors.ts'

/** The sentence of a failure, and one more where there is something to do about it. */
export function withAdvice({ kind, status, message }: CompletionError): string {
  const advice = BY_KIND[kind] ?? BY_STATUS[status ?? 0]
  if (advice === undefined) return message
  return `${/[.…!?]$/.test(message) ? message : `${message}.`} ${advice}`
}

const MOMENT = 'It has too much to do or is loading its model; try again in a moment.'

const BY_STATUS: Readonly<Record<number, string>> = {
  403: 'The key may not do this; the server’s operator can say why.',
  404: 'Check infill.endpoint, to which /completions is added, and infill.model.',
  408: 'It waited too long for the request; try again.',
  422: 'A field of the request is not as the server wants it: see the settings of the request.',
  499: 'The request was given up on the way; try again.',
  501: 'This server cannot do this with this model: see infill.server and infill.model.',
  503: MOMENT,
  504: MOMENT,
  529: MOMENT,
}

const BY_KIND: Partial<Readonly<Record<CompletionErrorKind, string>>> = {
  proxy: 'See http.proxy, http.proxyAuthorization and http.noProxy.',
  certificate: 'If it is your company’s or your own, name it in infill.http.caFile.',
  timeout: 'A large model may need more time: see infill.firstTokenTimeout and infill.idleTimeout.',
  rate_limit: 'Wait a little, then try again.',
  quota: 'See your account with the provider; to try again does not help.',
  context_length: 'Lower infill.contextTokens or infill.maxTokens.',
}
