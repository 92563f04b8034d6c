import type { ServerProfile } from '../profile.ts'

/** Ignores the suffix and reports no usage (koboldcpp.py, 2026). */
export const koboldcpp: ServerProfile = {
  id: 'koboldcpp',
  title: 'KoboldCpp',
  field: 'never',
  template: true,
}
