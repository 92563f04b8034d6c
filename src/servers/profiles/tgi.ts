import type { ServerProfile } from '../profile.ts'

/** Refuses the suffix with status 422: "… can be achieved by preprocessing the prompt" (router/src/server.rs). */
export const tgi: ServerProfile = {
  id: 'tgi',
  title: 'Text Generation Inference',
  field: 'never',
  template: true,
}
