import type { ServerProfile } from '../profile.ts'

/** A router: its documentation is silent on the suffix, so it depends on who serves the model. */
export const openrouter: ServerProfile = {
  id: 'openrouter',
  title: 'OpenRouter',
  field: 'unknown',
  template: true,
}
