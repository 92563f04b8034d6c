import type { ServerProfile } from '../profile.ts'

/** The built-in endpoint (src/builtin). It has no FIM tokens and no chat. */
export const builtin: ServerProfile = {
  id: 'builtin',
  title: 'Built-in',
  field: 'honoured',
  template: false,
  chat: false,
  otherFiles: 'reads',
}
