import type { ServerProfile } from '../profile.ts'

/** Appends the suffix to the completion, like an echo (modules/api/completions.py, 2026-05). */
export const textgen: ServerProfile = {
  id: 'textgen',
  title: 'text-generation-webui',
  field: 'never',
  template: true,
}
