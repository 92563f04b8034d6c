import type { ServerProfile } from '../profile.ts'

/** The suffix is not among its parameters (docs.fireworks.ai); its own advice is a raw prompt. */
export const fireworks: ServerProfile = {
  id: 'fireworks',
  title: 'Fireworks',
  field: 'never',
  template: true,
}
