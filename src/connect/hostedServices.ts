import type { ServerId } from '../servers/profile.ts'

/** A service on the internet. */
export interface HostedService {
  /** A name, which is not translated */
  readonly title: string
  /** Base URL; `null` where each customer has another one */
  readonly endpoint: string | null
  readonly server: ServerId
  readonly needsKey: boolean
  /** The page on which a key is created */
  readonly keyPage: string
  /** A model that fills in the middle. It is preferred where the service lists it. */
  readonly model: string
}

/** In the order in which they are offered: first those whose models fill in the middle by themselves. */
export const HOSTED_SERVICES: readonly HostedService[] = [
  {
    title: 'Mistral Codestral',
    endpoint: 'https://codestral.mistral.ai/v1',
    server: 'mistral',
    needsKey: true,
    keyPage: 'https://console.mistral.ai/codestral',
    model: 'codestral-latest',
  },
  {
    // Another key than that of codestral.mistral.ai
    title: 'Mistral API',
    endpoint: 'https://api.mistral.ai/v1',
    server: 'mistral',
    needsKey: true,
    keyPage: 'https://console.mistral.ai/api-keys',
    model: 'codestral-latest',
  },
  {
    title: 'DeepSeek',
    endpoint: 'https://api.deepseek.com/beta',
    server: 'deepseek',
    needsKey: true,
    keyPage: 'https://platform.deepseek.com/api_keys',
    model: 'deepseek-v4-pro',
  },
  {
    title: 'Inception',
    endpoint: 'https://api.inceptionlabs.ai/v1',
    server: 'inception',
    needsKey: true,
    keyPage: 'https://platform.inceptionlabs.ai/dashboard/api-keys',
    model: 'mercury-edit-2',
  },
  {
    title: 'SiliconFlow',
    endpoint: 'https://api.siliconflow.com/v1',
    server: 'siliconflow',
    needsKey: true,
    keyPage: 'https://cloud.siliconflow.com/account/ak',
    model: 'Qwen/Qwen2.5-Coder-32B-Instruct',
  },
  {
    title: 'Together',
    endpoint: 'https://api.together.xyz/v1',
    server: 'together',
    needsKey: true,
    keyPage: 'https://api.together.ai/settings/api-keys',
    model: 'Qwen/Qwen2.5-Coder-32B-Instruct',
  },
  {
    title: 'Fireworks',
    endpoint: 'https://api.fireworks.ai/inference/v1',
    server: 'fireworks',
    needsKey: true,
    keyPage: 'https://app.fireworks.ai/settings/users/api-keys',
    model: 'accounts/fireworks/models/qwen2p5-coder-32b-instruct',
  },
  {
    title: 'OpenRouter',
    endpoint: 'https://openrouter.ai/api/v1',
    server: 'openrouter',
    needsKey: true,
    keyPage: 'https://openrouter.ai/settings/keys',
    model: 'qwen/qwen-2.5-coder-32b-instruct',
  },
  {
    title: 'OpenAI',
    endpoint: 'https://api.openai.com/v1',
    server: 'openai',
    needsKey: true,
    keyPage: 'https://platform.openai.com/api-keys',
    model: 'gpt-3.5-turbo-instruct',
  },
  {
    title: 'Azure OpenAI',
    // https://RESOURCE.openai.azure.com
    endpoint: null,
    server: 'azure',
    needsKey: true,
    keyPage: 'https://portal.azure.com',
    // The name of a deployment, which the customer chooses
    model: '',
  },
]
