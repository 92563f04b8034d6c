import type { ServerProfile } from '../profile.ts'

/** Refuses any suffix with status 400: "suffix is not currently supported" (completion/serving.py, 2026). */
export const vllm: ServerProfile = {
  id: 'vllm',
  title: 'vLLM',
  field: 'never',
  template: true,
  maxStops: Number.POSITIVE_INFINITY,
}
