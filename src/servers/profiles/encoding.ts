import { CompletionError } from '../../completions/errors.ts'
import type { CompletionRequest } from '../../completions/types.ts'

/** How the fields of a request go out to a server that has an API of its own. */

/** Field of the API → what the server calls it. What is not named, it does not know. */
export type Names = { readonly [Field in keyof CompletionRequest]?: string }

/** What of a request a server knows, under the server's own names. */
export function renamed(request: CompletionRequest, names: Names): Record<string, unknown> {
  const table: Readonly<Record<string, string>> = names
  return Object.fromEntries(
    Object.entries(request).flatMap(([field, value]: [string, unknown]) => {
      const name = table[field]
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
}

/**
 * The prompt for a server that takes no list of them.
 *
 * @throws CompletionError `invalid_request`
 */
export function onePrompt({ prompt }: CompletionRequest): string {
  if (typeof prompt === 'string') return prompt
  const [first, ...more] = prompt
  if (typeof first === 'string' && more.length === 0) return first
  throw new CompletionError('invalid_request', { id: 'singlePrompt' })
}

/** Servers' own APIs take stop sequences as a list only; llama.cpp ignores a string there. */
export function stopList({ stop }: CompletionRequest): { stop?: string[] } {
  return stop === undefined ? {} : { stop: [stop].flat() }
}

/**
 * llama.cpp takes `[[id, bias]]` everywhere. The API's `{id: bias}` did nothing there in 2025-02 and
 * does in 2026-09.
 */
export function logitBiasPairs({ logit_bias }: CompletionRequest): {
  logit_bias?: [number, number][]
} {
  return logit_bias === undefined
    ? {}
    : { logit_bias: Object.entries(logit_bias).map(([id, bias]) => [Number(id), bias]) }
}
