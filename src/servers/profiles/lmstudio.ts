import type { ServerProfile } from '../profile.ts'

/** Fill in the middle is asked for and not there yet (lmstudio-bug-tracker#933). */
export const lmstudio: ServerProfile = {
  id: 'lmstudio',
  title: 'LM Studio',
  field: 'never',
  template: true,
}
