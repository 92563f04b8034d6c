import type { ServerProfile } from '../profile.ts'

/** Infill's own endpoint: it completes from the workspace, and knows no tokens of any family. */
export const builtin: ServerProfile = {
  id: 'builtin',
  title: 'Built-in',
  field: 'honoured',
  template: false,
}
