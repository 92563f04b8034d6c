import type { ServerProfile } from '../profile.ts'

/**
 * Its documentation of `suffix` has a list of models, which changes: those of Qwen Coder and DeepSeek
 * (docs.siliconflow.com, guides/fim, 2026). So it is probed.
 */
export const siliconflow: ServerProfile = {
  id: 'siliconflow',
  title: 'SiliconFlow',
  field: 'unknown',
  template: true,
}
