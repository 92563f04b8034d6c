import { join } from '../completions/dialect.ts'
import { isFields, list, number, string, type Fields } from '../completions/fields.ts'

/** What a server says of one of its models. */
export interface ModelInfo {
  /** What the `model` of a request names it by */
  id: string
  /** Whether it takes a suffix */
  infill: 'yes' | 'no' | 'unknown'
  /** In tokens: prompt, suffix and completion together */
  contextLength?: number
}

interface Listing {
  readonly models?: ((base: URL) => URL) | null
}

/** Where a server lists its models; `null` when it does not. */
export function modelsUrl({ models = completionsModels }: Listing, base: URL): URL | null {
  return models?.(base) ?? null
}

/** `GET {base}/models`, as the API reference has it */
function completionsModels(base: URL): URL {
  return join(base, 'models')
}

/** Any server's list; empty when it is none. */
export function parseModels(value: unknown): ModelInfo[] {
  return entriesOf(value).flatMap((entry) => {
    // Ollama's own list has a name and no id.
    const id = string(entry['id']) ?? string(entry['name'])
    if (id === null || id === '') return []
    const contextLength = contextOf(entry)
    return { id, infill: infillOf(entry), ...(contextLength !== null && { contextLength }) }
  })
}

/** Ollama and Mistral say it. What llama.cpp calls by the same name says nothing of it. */
function infillOf(entry: Fields): ModelInfo['infill'] {
  const { capabilities } = entry
  const told = isFields(capabilities)
    ? capabilities['completion_fim']
    : Array.isArray(capabilities) && isOllamaEntry(entry)
      ? capabilities.includes('insert')
      : null
  return typeof told === 'boolean' ? (told ? 'yes' : 'no') : 'unknown'
}

/** An entry of Ollama's own list */
export function isOllamaEntry({ digest, details }: Fields): boolean {
  return typeof digest === 'string' && digest !== '' && isFields(details)
}

/** `{data: […]}`, Ollama's `{models: […]}`, or Together's list without anything around it */
export function entriesOf(value: unknown): Fields[] {
  const entries = isFields(value) ? (value['data'] ?? value['models']) : value
  return list(entries, (each) => each).filter(isFields)
}

/** Under the names that servers have for it; what the server runs with before what it could have */
function contextOf({
  max_model_len, // vLLM, SGLang
  max_context_length, // Mistral, LM Studio
  context_length, // Together, Fireworks, OpenRouter
  meta, // llama.cpp: n_ctx since 2026, n_ctx_train before
}: Fields): number | null {
  const { n_ctx, n_ctx_train } = isFields(meta) ? meta : {}
  const lengths = [max_model_len, max_context_length, context_length, n_ctx, n_ctx_train]
  return lengths.map(number).find((each) => each !== null) ?? null
}
