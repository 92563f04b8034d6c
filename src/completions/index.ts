/** The client of the completions API: nothing of VS Code, and nothing of Infill's editor, in here. */
export { createClient, toHttpRequest, type Client, type ClientOptions } from './client.ts'
export { collect } from './collect.ts'
export { bearer, completionsDialect, join, type Dialect } from './dialect.ts'
export { CompletionError, type CompletionErrorKind } from './errors.ts'
export { createTransport, type Send, type Transport } from './transport.ts'
export type * from './types.ts'
