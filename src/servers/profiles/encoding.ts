import { CompletionError } from '../../completions/errors.ts'
import type { CompletionRequest } from '../../completions/types.ts'

// Request fields for servers whose API differs from the completions API.

/** Field of the completions API → name on the server. Fields without a name are not sent. */
export type FieldNames = { readonly [Field in keyof CompletionRequest]?: string }

/** The fields of a request that have a name on the server, under that name. */
export function renameFields(
  request: CompletionRequest,
  names: FieldNames,
): Record<string, unknown> {
  const table: Readonly<Record<string, string>> = names
  return Object.fromEntries(
    Object.entries(request).flatMap(([field, value]: [string, unknown]) => {
      const name = table[field]
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
}

/**
 * The prompt for a server that accepts a single string only.
 *
 * @throws CompletionError `invalid_request` for several prompts and for token ids
 */
export function onePrompt({ prompt }: CompletionRequest): string {
  if (typeof prompt === 'string') return prompt
  const [first, ...more] = prompt
  if (typeof first === 'string' && more.length === 0) return first
  throw new CompletionError('invalid_request', { id: 'singlePrompt' })
}

/** Stop sequences as a list: other APIs accept nothing else, and llama.cpp ignores a string. */
export function stopList({ stop }: CompletionRequest): { stop?: string[] } {
  return stop === undefined ? {} : { stop: [stop].flat() }
}

/**
 * llama.cpp accepts `[[id, bias]]` on every path. It ignored the API's `{id: bias}` in 2025-02, and
 * accepts it in 2026-09.
 */
export function logitBiasPairs({ logit_bias }: CompletionRequest): {
  logit_bias?: [number, number][]
} {
  return logit_bias === undefined
    ? {}
    : { logit_bias: Object.entries(logit_bias).map(([id, bias]) => [Number(id), bias]) }
}
