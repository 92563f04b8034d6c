import type { ServerProfile } from '../profile.ts'

/**
 * The hosted API, and any compatible server without its own profile. `suffix` depends on the model, and
 * gateways drop, forward or refuse it. So it is probed.
 *
 * OpenAI itself ended its last completions models on 2026-09-28, among them gpt-3.5-turbo-instruct, the
 * only one that supported a suffix (developers.openai.com, deprecations). `ui/advice.ts` says so.
 */
export const openai: ServerProfile = {
  id: 'openai',
  title: 'OpenAI-compatible',
  field: 'unknown',
  template: true,
}
