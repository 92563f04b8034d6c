import type { ServerProfile } from '../profile.ts'

/**
 * A proxy. The prefix of the model's name in its configuration decides: `text-completion-codestral/`
 * passes the suffix on, `text-completion-openai/` may, and for all others the prompt becomes a chat
 * message (litellm/llms, 2026).
 */
export const litellm: ServerProfile = {
  id: 'litellm',
  title: 'LiteLLM',
  field: 'unknown',
  template: true,
}
