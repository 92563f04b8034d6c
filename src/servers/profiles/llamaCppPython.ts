import type { ServerProfile } from '../profile.ts'

/** With a suffix, it inserts token id 0 for the missing FIM tokens of a model (llama.py, 2026-08). */
export const llamaCppPython: ServerProfile = {
  id: 'llama-cpp-python',
  title: 'llama-cpp-python',
  field: 'never',
  template: true,
}
