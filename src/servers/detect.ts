import { string } from '../completions/fields.ts'
import { modelEntries, isOllamaEntry } from './models.ts'
import type { ServerId } from './profile.ts'

/**
 * Detects the server by its host name. Null for other hosts: a local port proves nothing, see
 * `hintByPort` and `detectByModels`.
 */
export function detectByUrl({ hostname, pathname }: URL): ServerId | null {
  const known = HOSTS.get(hostname)
  if (known !== undefined) return known
  if (AZURE.test(hostname)) return 'azure'
  // Its other API, at `…/endpoints/openapi`, has chat only.
  return VERTEX.test(hostname) && !pathname.includes('/endpoints/') ? 'vertex' : null
}

const AZURE = /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/

/** A region's host, the global one, or one of a multi-region: `us-central1-aiplatform.googleapis.com` */
const VERTEX = /^([a-z0-9-]+-)?aiplatform\.([a-z]+\.rep\.)?googleapis\.com$/

const HOSTS: ReadonlyMap<string, ServerId> = new Map([
  // Not a host: the language models of VS Code
  ['vscode-lm.invalid', 'vscode-lm'],
  ['api.openai.com', 'openai'],
  ['api.mistral.ai', 'mistral'],
  ['codestral.mistral.ai', 'mistral'],
  ['api.inceptionlabs.ai', 'inception'],
  ['api.deepseek.com', 'deepseek'],
  ['api.together.xyz', 'together'],
  ['api.together.ai', 'together'],
  ['api.fireworks.ai', 'fireworks'],
  ['openrouter.ai', 'openrouter'],
  ['api.siliconflow.cn', 'siliconflow'],
  ['api.siliconflow.com', 'siliconflow'],
  ['api.ap.siliconflow.com', 'siliconflow'],
])

/**
 * The likeliest server at a port, for when `detectByModels` finds none. It lists only servers for
 * which a wrong guess is harmless: their paths are those of any gateway, and less is sent. Ollama
 * (11434) and Tabby (8080) have other paths, so they are not listed.
 */
export function hintByPort({ port }: URL): ServerId | null {
  return PORTS.get(port) ?? null
}

const PORTS: ReadonlyMap<string, ServerId> = new Map([
  ['1234', 'lmstudio'],
  ['5000', 'textgen'],
  ['5001', 'koboldcpp'],
])

/**
 * Detects the server by its response to `GET …/models`: by a header, else by `owned_by` of the
 * models. Null: unknown, to be treated as any OpenAI-compatible gateway.
 *
 * @param value the parsed body; undefined for a response without a list
 * @param header returns the value of a response header by its lower-case name
 */
export function detectByModels(
  value: unknown,
  header: (name: string) => string | undefined,
): ServerId | null {
  if (header('server') === 'llama.cpp') return 'llamacpp'
  if (LITELLM_HEADERS.some((name) => header(name) !== undefined)) return 'litellm'
  const entries = modelEntries(value)
  if (entries.some(isOllamaEntry)) return 'ollama'
  const owners = new Set(entries.map(({ owned_by }) => string(owned_by)?.toLowerCase() ?? ''))
  // The namespace of Ollama's own models. Models of other namespaces can be installed as well.
  if (owners.has('library')) return 'ollama'
  // A list with several owners comes from a gateway.
  const [owner = '', ...others] = owners
  return others.length === 0 ? (OWNERS.get(owner) ?? null) : null
}

const LITELLM_HEADERS = ['x-litellm-version', 'x-litellm-call-id', 'x-litellm-model-api-base']

/** `owned_by` → server. TabbyAPI (`tabbyapi`) is not Tabby and implements the plain API. */
const OWNERS: ReadonlyMap<string, ServerId> = new Map([
  ['infill', 'builtin'],
  ['llamacpp', 'llamacpp'],
  ['vllm', 'vllm'],
  ['sglang', 'sglang'],
  ['koboldcpp', 'koboldcpp'],
  ['organization_owner', 'lmstudio'],
  ['me', 'llama-cpp-python'],
  ['user', 'textgen'],
])
