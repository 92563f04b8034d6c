import type { ServerProfile } from '../profile.ts'

/** Writes the suffix to the end of its answer, as an echo (modules/api/completions.py, 2026-05). */
export const textgen: ServerProfile = {
  id: 'textgen',
  title: 'text-generation-webui',
  field: 'never',
  template: true,
}
