import type { ServerProfile } from '../profile.ts'

/** With a suffix, tokens that are none go into the prompt: their ids are 0 (llama.py, 2026-08). */
export const llamaCppPython: ServerProfile = {
  id: 'llama-cpp-python',
  title: 'llama-cpp-python',
  field: 'never',
  template: true,
}
