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
  'vertex',
  'inception',
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
  'siliconflow',
  'vscode-lm',
  'builtin',
] as const

export type ServerId = (typeof SERVER_IDS)[number]

/**
 * How the suffix is sent: `field`, in the server's own field for it; `template`, within the prompt,
 * between the FIM tokens of the model; `chat`, in a message that asks for the missing text; or `off`, not
 * at all.
 */
export type SuffixMode = 'field' | 'template' | 'off' | 'chat'

/** What Infill knows about one kind of server. */
export interface ServerProfile {
  readonly id: ServerId
  /** Display name */
  readonly title: string
  /**
   * Whether the server uses a suffix in its own field. `unknown`: that depends on the software behind
   * the endpoint, and is probed when connecting. `never`: the field is ignored, refused or echoed into
   * the completion, so it is not sent.
   */
  readonly field: 'honoured' | 'unknown' | 'never'
  /** `false`: it has no chat API; `only`: it has no other */
  readonly chat?: false | 'only'
  /** Whether a raw prompt with FIM tokens reaches the model unchanged */
  readonly template: boolean
  /** The dialect for each mode. Default: the completions API, or the chat API; see `dialectOf` */
  readonly dialects?: { readonly [Mode in SuffixMode]?: Dialect }
  /** Request fields that the server refuses or misinterprets. They are not sent. */
  readonly unsupported?: readonly (keyof CompletionRequest)[]
  /** Maximum number of stop sequences. Default: 4, as in the API. */
  readonly maxStops?: number
  /**
   * How parts of other files reach the model besides the prompt: in `input_extra`, or not at all, because the
   * server reads the workspace itself. Default: in the prompt
   */
  readonly otherFiles?: 'input_extra' | 'reads'
  /** The URL of its list of models. Default: `/models`, as in the API; null: it has none. */
  readonly models?: ((base: URL) => URL) | null
  /** The URL of the loaded models with the context that they have now, as Ollama lists it */
  readonly loaded?: (base: URL) => URL
  /** The URL that describes a model that is not loaded, as Ollama does */
  readonly described?: (base: URL) => URL
}

/** One dialect in each mode of the completions API. */
export function everyMode(dialect: Dialect): {
  readonly [Mode in Exclude<SuffixMode, 'chat'>]: Dialect
} {
  return { field: dialect, template: dialect, off: dialect }
}
