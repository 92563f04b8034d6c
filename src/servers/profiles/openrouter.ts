import type { ServerProfile } from '../profile.ts'

/** A router. Its documentation does not mention `suffix`, which depends on the model's provider. */
export const openrouter: ServerProfile = {
  id: 'openrouter',
  title: 'OpenRouter',
  field: 'unknown',
  template: true,
}
