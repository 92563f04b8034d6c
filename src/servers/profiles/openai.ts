import type { ServerProfile } from '../profile.ts'

/**
 * The hosted API, and whatever speaks it and has no profile of its own. There, `suffix` is a matter
 * of the model: by the API reference (2026-08) only gpt-3.5-turbo-instruct takes it, and gateways
 * drop it, pass it on or refuse it. So it is tried.
 */
export const openai: ServerProfile = {
  id: 'openai',
  title: 'OpenAI-compatible',
  field: 'unknown',
  template: true,
}
