import type { ServerProfile } from '../profile.ts'

/**
 * A proxy. The suffix depends on the prefix of the model's name in its configuration:
 * `text-completion-codestral/` forwards it, `text-completion-openai/` may, and for all others the
 * prompt becomes a chat message (litellm/llms, 2026).
 */
export const litellm: ServerProfile = {
  id: 'litellm',
  title: 'LiteLLM',
  field: 'unknown',
  template: true,
}
