import type { ServerProfile } from '../profile.ts'

/** `suffix` is not a documented parameter; the documentation recommends a raw prompt (docs.fireworks.ai). */
export const fireworks: ServerProfile = {
  id: 'fireworks',
  title: 'Fireworks',
  field: 'never',
  template: true,
}
