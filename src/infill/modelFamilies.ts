/**
 * Model families whose names decide something that no FIM template does. The list is checked before the
 * templates: a fine-tuned model often has the name of the model that it was made from.
 */
export interface ModelFamily {
  /**
   * `fim`: fills in the middle at a route of its server, without a template. `none`: was not trained for
   * it, or does not write text. `nextEdit`: rewrites a marked region of a file, in a format of its own.
   */
  readonly support: 'fim' | 'none' | 'nextEdit'
  /** Matches the names of the models */
  readonly models: RegExp
}

/** The beginning of a model's own name: `zed-industries/zeta`, `hf.co/…:zeta`, `zeta` */
const START = String.raw`(?:^|[/:])`

/** The first entry whose `models` matches is used. */
const FAMILIES: readonly ModelFamily[] = [
  // Edit prediction models: Zed's Zeta, Sweep's Next-Edit, Continue's Instinct (their model cards, 2026)
  { support: 'nextEdit', models: new RegExp(`${START}zeta(?![a-z])`, 'i') },
  { support: 'nextEdit', models: /next-?edit/i },
  { support: 'nextEdit', models: new RegExp(`${START}instinct(?![a-z])`, 'i') },
  // Inception's code models fill in the middle at /fim/completions (docs.inceptionlabs.ai, 2026).
  { support: 'fim', models: new RegExp(`${START}mercury-(coder|edit)`, 'i') },
  { support: 'none', models: new RegExp(`${START}mercury`, 'i') },
  // "Mamba Codestral does not support FIM" (Mistral AI, huggingface.co/mistralai/Mamba-Codestral-7B-v0.1)
  { support: 'none', models: /mamba.*codestral|codestral.*mamba/i },
  // Embeddings, rankings, images, sound and moderation, such as Qwen3-VL and Qwen3Guard
  {
    support: 'none',
    models:
      /(?:^|[-_/:.])(?:vlm?|embed(?:ding)?s?|rerank(?:er)?|image|omni|asr|tts|audio|speech|ocr|moderation|aligner|forcedaligner|captioner)(?:[-_/:.\d]|$)|(?:^|[-_/:.\d])guard/i,
  },
  // The last model of the completions API with a suffix: ended on 2026-09-28, but Azure names it too
  { support: 'fim', models: /gpt-3\.?5-turbo-instruct/i },
  // Models that are offered for chat only
  {
    support: 'none',
    models: new RegExp(
      `${START}(?:gpt-\\d|gpt-oss|chatgpt|o[1-9](?:-|$)|claude|gemini|grok|command-|kimi|minimax)`,
      'i',
    ),
  },
  { support: 'none', models: /deepseek-(?:r\d|chat|reasoner)/i },
]

/** @returns `null` when the name is none of these: a template may still know it */
export function familyOf(model: string): ModelFamily | null {
  return FAMILIES.find(({ models }) => models.test(model)) ?? null
}
