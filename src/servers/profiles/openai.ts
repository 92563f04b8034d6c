import type { ServerProfile } from '../profile.ts'

/**
 * The hosted API, and any compatible server without its own profile. `suffix` depends on the model:
 * according to the API reference (2026-08), only gpt-3.5-turbo-instruct supports it, and gateways drop,
 * forward or refuse it. So it is probed.
 */
export const openai: ServerProfile = {
  id: 'openai',
  title: 'OpenAI-compatible',
  field: 'unknown',
  template: true,
}
