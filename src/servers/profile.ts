import type { Dialect } from '../completions/dialect.ts'
import type { CompletionRequest } from '../completions/types.ts'

export const SERVER_IDS = [
  'openai',
  'azure',
  'ollama',
  'llamacpp',
  'vllm',
  'sglang',
  'mistral',
  'deepseek',
  'lmstudio',
  'litellm',
  'localai',
  'koboldcpp',
  'textgen',
  'llama-cpp-python',
  'tabby',
  'tgi',
  'together',
  'fireworks',
  'openrouter',
  'builtin',
] as const

export type ServerId = (typeof SERVER_IDS)[number]

/**
 * How the suffix goes out: in the server's own field for it, put into the prompt with the FIM tokens
 * of the model, or not at all.
 */
export type SuffixMode = 'field' | 'template' | 'off'

/** One kind of server: what it takes and how it takes it. */
export interface ServerProfile {
  readonly id: ServerId
  readonly title: string
  /**
   * Whether a suffix in its own field does what it should. `unknown`: that depends on what is behind
   * the endpoint and is found out when connecting. `never`: the field is ignored, refused or echoed
   * into the output, so it is not sent there.
   */
  readonly field: 'honoured' | 'unknown' | 'never'
  /** Whether a raw prompt with FIM tokens reaches the model as it is. */
  readonly template: boolean
  /** The dialect of each way; the completions API's own where there is none. */
  readonly dialects?: { readonly [SuffixStrategy in SuffixMode]?: Dialect }
  /** Fields of the request that it refuses or that mislead it: they are not sent. */
  readonly without?: readonly (keyof CompletionRequest)[]
  /** How many stop sequences it takes; 4, as the API says, where it is not given */
  readonly maxStops?: number
  /** Where it lists its models, if not at `/models` as the API says; `null`: nowhere */
  readonly models?: ((base: URL) => URL) | null
}

/** A dialect that does not change with the way of the suffix. */
export function everyMode(dialect: Dialect): { readonly [SuffixStrategy in SuffixMode]: Dialect } {
  return { field: dialect, template: dialect, off: dialect }
}
