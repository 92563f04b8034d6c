import type { ServerProfile } from '../profile.ts'

/** Fill-in-the-middle is an open feature request (lmstudio-bug-tracker#933). */
export const lmstudio: ServerProfile = {
  id: 'lmstudio',
  title: 'LM Studio',
  field: 'never',
  template: true,
}
