import { join } from '../completions/dialect.ts'
import { isFields, list, number, string, type Fields } from '../completions/fields.ts'

/** A model, as a server lists it */
export interface ModelInfo {
  /** The value for `model` in a request */
  id: string
  /** Whether it supports a suffix */
  infill: 'yes' | 'no' | 'unknown'
  /** Maximum length of prompt, suffix and completion together, in tokens */
  contextLength?: number
}

interface Listing {
  readonly models?: ((base: URL) => URL) | null
}

/** The URL of a server's list of models; null where it has none. */
export function modelsUrl({ models = completionsModels }: Listing, base: URL): URL | null {
  return models?.(base) ?? null
}

/** `GET {base}/models`, as in the API reference */
function completionsModels(base: URL): URL {
  return join(base, 'models')
}

/** Parses the list of any known server. Entries without an id are skipped; other values are empty. */
export function parseModels(value: unknown): ModelInfo[] {
  return modelEntries(value).flatMap((entry) => {
    // Ollama's own list has a name and no id.
    const id = string(entry['id']) ?? string(entry['name'])
    if (id === null || id === '') return []
    const contextLength = contextLengthOf(entry)
    return { id, infill: infillOf(entry), ...(contextLength !== null && { contextLength }) }
  })
}

/** Ollama and Mistral specify it. The `capabilities` of llama.cpp do not mention it. */
function infillOf(entry: Fields): ModelInfo['infill'] {
  const { capabilities } = entry
  const supported = isFields(capabilities)
    ? capabilities['completion_fim']
    : Array.isArray(capabilities) && isOllamaEntry(entry)
      ? capabilities.includes('insert')
      : null
  return typeof supported === 'boolean' ? (supported ? 'yes' : 'no') : 'unknown'
}

/** Whether this is an entry of Ollama's own list */
export function isOllamaEntry({ digest, details }: Fields): boolean {
  return typeof digest === 'string' && digest !== '' && isFields(details)
}

/** The entries of `{data: […]}`, of Ollama's `{models: […]}`, or of Together's plain array */
export function modelEntries(value: unknown): Fields[] {
  const entries = isFields(value) ? (value['data'] ?? value['models']) : value
  return list(entries, (each) => each).filter(isFields)
}

/** The names differ by server. The configured length takes precedence over the model's maximum. */
function contextLengthOf({
  max_model_len, // vLLM, SGLang
  max_context_length, // Mistral, LM Studio
  context_length, // Together, Fireworks, OpenRouter
  meta, // llama.cpp: n_ctx since 2026, n_ctx_train before
}: Fields): number | null {
  const { n_ctx, n_ctx_train } = isFields(meta) ? meta : {}
  const lengths = [max_model_len, max_context_length, context_length, n_ctx, n_ctx_train]
  return lengths.map(number).find((each) => each !== null) ?? null
}

/**
 * The context that a model is going to be loaded with, from Ollama's `/api/show`: its `parameters` are
 * the lines of the Modelfile, such as `num_ctx 8192`. Null where the Modelfile does not set it.
 */
export function parseConfiguredContext(value: unknown): number | null {
  const parameters = isFields(value) ? string(value['parameters']) : null
  const [, length] = /^num_ctx\s+(\d{1,9})\s*$/m.exec(parameters ?? '') ?? []
  return length === undefined ? null : Number(length)
}
