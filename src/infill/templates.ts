/**
 * The tokens that code models were trained to fill in the middle with: P is what is before the
 * caret, S what is after it. A server that passes a raw prompt on to the model needs no field for
 * the suffix.
 *
 * Sources: the models' own cards and papers, llama.cpp `src/llama-vocab.cpp` (2026-08), and the
 * templates of Continue and Zed, compared.
 */
export interface FimTemplate {
  readonly id: string
  /** The names of the models that were trained with it */
  readonly models: RegExp
  /** With `{prefix}` and `{suffix}` where they go */
  readonly layout: string
  /** What these models end a completion with, the surest first: servers take a few only */
  readonly stops: readonly string[]
  /** Other tokens that mean something to these models */
  readonly others?: readonly string[]
}

/** The first whose `models` fits a name is the one, so the narrower comes first. */
export const TEMPLATES: readonly FimTemplate[] = [
  {
    id: 'santacoder',
    models: /santacoder/i,
    layout: '<fim-prefix>{prefix}<fim-suffix>{suffix}<fim-middle>',
    stops: ['<|endoftext|>'],
    others: ['<fim-pad>'],
  },
  {
    id: 'granite',
    models: /granite-?(3\.3|4)/i,
    layout: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stops: ['<|end_of_text|>'],
    others: ['<|fim_pad|>', '<|filename|>'],
  },
  {
    id: 'starcoder',
    models: /starcoder|stable-?code|codeqwen|granite.*code/i,
    layout: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    stops: ['<|endoftext|>', '<file_sep>'],
    others: ['<fim_pad>', '<repo_name>', '<filename>', '<reponame>'],
  },
  {
    id: 'codellama',
    models: /code-?llama/i,
    // The spaces are part of it.
    layout: '<PRE> {prefix} <SUF>{suffix} <MID>',
    stops: ['<EOT>'],
  },
  {
    id: 'deepseek',
    models: /deepseek-?coder/i,
    layout: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    stops: ['<｜end▁of▁sentence｜>'],
    others: ['<｜begin▁of▁sentence｜>'],
  },
  {
    id: 'qwen',
    models: /qwen.*coder/i,
    layout: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stops: ['<|endoftext|>', '<|fim_pad|>', '<|file_sep|>', '<|repo_name|>'],
    others: ['<|im_start|>', '<|im_end|>'],
  },
  {
    id: 'codegemma',
    models: /codegemma/i,
    layout: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stops: ['<|file_separator|>', '<eos>', '<end_of_turn>'],
    others: ['<start_of_turn>'],
  },
  {
    id: 'codestral',
    models: /codestral/i,
    layout: '[SUFFIX]{suffix}[PREFIX]{prefix}',
    stops: ['[PREFIX]', '[SUFFIX]', '\n+++++ '],
  },
  {
    id: 'seed',
    models: /seed-?coder/i,
    // Suffix first, as in the paper (Seed-Coder, 2025).
    layout: '<[fim-suffix]>{suffix}<[fim-prefix]>{prefix}<[fim-middle]>',
    stops: ['<[end▁of▁sentence]>'],
  },
  {
    id: 'mellum',
    models: /mellum/i,
    layout: '<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>',
    stops: ['<|endoftext|>', '<filename>'],
  },
  {
    id: 'codegeex',
    models: /codegeex-?4/i,
    // A turn of a chat; the lines for path and language, which come before the mode, may be missing.
    layout:
      '<|user|>\n###MODE:BLOCK\n<|code_suffix|>{suffix}<|code_prefix|>{prefix}<|code_middle|><|assistant|>\n',
    stops: ['<|endoftext|>', '<|user|>'],
    others: ['<|system|>', '<|observation|>'],
  },
  {
    id: 'glm',
    models: /glm-?4/i,
    layout: '<|code_prefix|>{prefix}<|code_suffix|>{suffix}<|code_middle|>',
    stops: ['<|endoftext|>', '<|user|>'],
    others: ['<|assistant|>', '<|system|>'],
  },
  {
    id: 'falcon',
    models: /falcon-h1.*coder/i,
    layout: '<|prefix|>{prefix}<|suffix|>{suffix}<|middle|>',
    stops: ['<|endoftext|>', '<|end_of_text|>'],
  },
]

/** The template of a setting (`auto` or an id), for a model; `null` when none is known. */
export function templateOf(setting: string, model: string): FimTemplate | null {
  const fits = ({ id, models }: FimTemplate): boolean =>
    setting === 'auto' ? models.test(model) : id === setting
  return TEMPLATES.find(fits) ?? null
}

/** The prompt with both sides in it, and nothing in them that the model would take for a token. */
export function render(template: FimTemplate, sides: { prompt: string; suffix: string }): string {
  const prompt = harmless(sides.prompt, template)
  const suffix = harmless(sides.suffix, template)
  // Functions, since in a replacement text "$&" and the like mean something.
  return template.layout.replaceAll(/\{(prefix|suffix)\}/g, (_, side: string) =>
    side === 'prefix' ? prompt : suffix,
  )
}

/** Every token with a meaning: none of them belongs into a document that the model wrote. */
export function tokensOf({ layout, stops, others = [] }: FimTemplate): string[] {
  const own = layout.split(/\{prefix\}|\{suffix\}/).map((part) => part.trim())
  // "[SUFFIX]" and the like may stand side by side.
  const single = own.flatMap((part) => part.match(/<[^>]*>|\[[A-Z]+\]/g) ?? [])
  return [...new Set([...single, ...stops, ...others])]
}

/** `<|fim_prefix|>` in the user's text → `< |fim_prefix|>`: no token, and the least changed. */
function harmless(text: string, template: FimTemplate): string {
  return tokensOf(template)
    .filter((token) => token.trim() !== '' && !token.startsWith('\n'))
    .reduce((safe, token) => safe.replaceAll(token, `${token.slice(0, 1)} ${token.slice(1)}`), text)
}
