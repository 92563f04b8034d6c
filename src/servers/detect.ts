import { string } from '../completions/fields.ts'
import { entriesOf, isOllamaEntry } from './models.ts'
import type { ServerId } from './profile.ts'

/**
 * The server by its host, where the host alone says it. A local port says nothing for certain: that
 * is what `hintByPort` and `detectByModels` are for.
 */
export function detectByUrl({ hostname }: URL): ServerId | null {
  return HOSTS.get(hostname) ?? (hostname.endsWith('.openai.azure.com') ? 'azure' : null)
}

const HOSTS: ReadonlyMap<string, ServerId> = new Map([
  ['api.openai.com', 'openai'],
  ['api.mistral.ai', 'mistral'],
  ['codestral.mistral.ai', 'mistral'],
  ['api.deepseek.com', 'deepseek'],
  ['api.together.xyz', 'together'],
  ['api.together.ai', 'together'],
  ['api.fireworks.ai', 'fireworks'],
  ['openrouter.ai', 'openrouter'],
])

/**
 * What most likely listens at a port, to go by when `detectByModels` could not tell. Only servers
 * are here for which a wrong guess does no harm: they are asked at the same paths as any gateway,
 * and less is sent. So Ollama (11434) and Tabby (8080) are not: they have paths of their own.
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
 * The server by its answer to `GET …/models`: by a header of that, else by who it says owns the
 * models. `null`: nothing tells, so it is treated as any OpenAI-compatible gateway.
 *
 * @param header gives the value of a header by its lower-case name
 */
export function detectByModels(
  value: unknown,
  header: (name: string) => string | undefined,
): ServerId | null {
  if (header('server') === 'llama.cpp') return 'llamacpp'
  if (LITELLM.some((name) => header(name) !== undefined)) return 'litellm'
  const entries = entriesOf(value)
  if (entries.some(isOllamaEntry)) return 'ollama'
  const owners = new Set(entries.map(({ owned_by }) => string(owned_by)?.toLowerCase() ?? ''))
  // The namespace of Ollama's own models, which others may stand beside.
  if (owners.has('library')) return 'ollama'
  // What lists the models of several servers is a gateway.
  const [owner = '', ...others] = owners
  return others.length === 0 ? (OWNERS.get(owner) ?? null) : null
}

const LITELLM = ['x-litellm-version', 'x-litellm-call-id', 'x-litellm-model-api-base']

/** TabbyAPI (`tabbyapi`) is not here: it has nothing to do with Tabby, and speaks the plain API. */
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
