import { familyOf } from './modelFamilies.ts'
import type { ProjectContext } from './project/projectContext.ts'
import { repositoryText, type RepositoryText } from './project/repositoryFormat.ts'

/**
 * The fill-in-the-middle (FIM) format that a family of code models was trained with. With a template,
 * the suffix goes into the prompt, so the server needs no `suffix` field.
 *
 * Sources: the models' own cards and papers, llama.cpp `src/llama-vocab.cpp` (2026-08), and the
 * templates of Continue and Zed, compared.
 */
export interface FimTemplate {
  readonly id: string
  /** Matches the names of the models that were trained with it */
  readonly models: RegExp
  /**
   * The prompt, with the placeholders `{prefix}` and `{suffix}`, and `{project}` where parts of other files come
   * between its tokens, not before them.
   */
  readonly layout: string
  /** Formats of other files that differ from that of the id, by the model's name */
  readonly repositories?: readonly (readonly [models: RegExp, format: string])[]
  /** The format of other files */
  readonly repository?: string
  /** Tokens that end a completion, the most reliable first: servers accept only a few stop sequences. */
  readonly stops: readonly string[]
  /** Other special tokens of these models */
  readonly others?: readonly string[]
}

/** The first entry whose `models` matches is used, so more specific patterns come first. */
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
    // Refact has the same tokens (card of smallcloudai/Refact-1_6B-fim).
    models: /starcoder|stable-?code|codeqwen|granite.*code|refact(?!or)/i,
    layout: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    stops: ['<|endoftext|>', '<file_sep>'],
    others: ['<fim_pad>', '<repo_name>', '<filename>', '<reponame>'],
    // The tokens for files are those of StarCoder2, except:
    repositories: [
      [/codeqwen/i, 'codeqwen'],
      [/starcoder(?!-?2)|stable-?code|granite|refact/i, 'starcoder1'],
    ],
  },
  {
    id: 'codellama',
    models: /code-?llama/i,
    // The spaces are part of the format.
    layout: '<PRE> {prefix} <SUF>{suffix} <MID>',
    stops: ['<EOT>'],
  },
  {
    id: 'deepseek',
    // V3 and V4 have the tokens of Coder as well: the DeepSeek-V3 report, 2.2.1, and their tokenizers.
    models: /deepseek-?(coder|v[34])/i,
    layout: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    stops: ['<｜end▁of▁sentence｜>'],
    others: ['<｜begin▁of▁sentence｜>'],
  },
  {
    id: 'qwen',
    // Since Qwen3, also models without "coder" have the tokens. A number with "b" is a size: qwen-7b.
    models: /qwen.*coder|qwen[-_ ]?[3-9](?!\d*b)/i,
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
    // A chat turn. The lines for path and language before the mode are optional.
    layout:
      '<|user|>\n{project}###MODE:BLOCK\n<|code_suffix|>{suffix}<|code_prefix|>{prefix}<|code_middle|><|assistant|>\n',
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
  {
    id: 'aixcoder',
    models: /aixcoder/i,
    // Suffix first, as in its own sessions (github.com/aixcoder-plugin/aiXcoder-7B). The server adds <s>.
    layout: '▁<AIX-SPAN-PRE>▁<AIX-SPAN-POST>{suffix}▁<AIX-SPAN-MIDDLE>{prefix}',
    stops: ['</s>'],
  },
]

/**
 * @param setting `auto`, which selects by the model's name, or the id of a template
 * @returns `null` when no template is known, or the family of the model does not use one
 */
export function templateOf(setting: string, model: string): FimTemplate | null {
  if (setting === 'auto' && familyOf(model) !== null) return null
  const fits = ({ id, models }: FimTemplate): boolean =>
    setting === 'auto' ? models.test(model) : id === setting
  const found = TEMPLATES.find(fits)
  if (found === undefined) return null
  const own = found.repositories?.find(([models]) => models.test(model))
  return { ...found, repository: own?.[1] ?? found.id }
}

export interface Sides {
  prompt: string
  suffix: string
  /** Parts of other files, in the repository format of the model's family */
  project?: ProjectContext | undefined
}

/** Renders the prompt. Special tokens in the user's text are made harmless. */
export function render(template: FimTemplate, sides: Sides): string {
  const { before, head } = projectText(template, sides.project)
  const prompt = head + harmless(sides.prompt, template)
  const suffix = harmless(sides.suffix, template)
  // A function, because `$&` and similar patterns are special in a replacement string.
  const parts: Readonly<Record<string, string>> = { prefix: prompt, suffix, project: before }
  const document = template.layout.replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '')
  return template.layout.includes('{project}') ? document : before + document
}

function projectText(template: FimTemplate, project: ProjectContext | undefined): RepositoryText {
  if (project === undefined) return { before: '', head: '' }
  const safe = (text: string): string => harmless(text, template)
  return repositoryText(template.repository ?? template.id, {
    ...project,
    path: safe(project.path),
    repository: safe(project.repository),
    snippets: project.snippets.map(({ path, text }) => ({ path: safe(path), text: safe(text) })),
  })
}

/** All special tokens of a template. None of them is inserted into a document. */
export function tokensOf({ layout, stops, others = [] }: FimTemplate): string[] {
  const own = layout.split(/\{prefix\}|\{suffix\}/).map((part) => part.trim())
  // Tokens may be adjacent, such as `[SUFFIX][PREFIX]`.
  const single = own.flatMap((part) => part.match(/<[^>]*>|\[[A-Z]+\]/g) ?? [])
  return [...new Set([...single, ...stops, ...others])]
}

/** `<|fim_prefix|>` in the user's text → `< |fim_prefix|>`: not a token, with the smallest change. */
function harmless(text: string, template: FimTemplate): string {
  return tokensOf(template)
    .filter((token) => token.trim() !== '' && !token.startsWith('\n'))
    .reduce((safe, token) => safe.replaceAll(token, `${token.slice(0, 1)} ${token.slice(1)}`), text)
}
