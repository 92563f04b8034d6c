import type { CommentTokens, ProjectContext, Snippet } from './projectContext.ts'

/**
 * Other files in the format that a family of models was trained with: what comes before the FIM tokens of
 * the document (`before`), and at the start of its prompt (`head`).
 */
export interface RepositoryText {
  readonly before: string
  readonly head: string
}

type Format = (context: ProjectContext) => RepositoryText

/** By the id of a FIM template, or of a variant of it. Families without one get comments. */
const FORMATS: Readonly<Record<string, Format>> = {
  // <|repo_name|>name⏎ <|file_sep|>path⏎ text, repeated; the document last (card of Qwen2.5-Coder)
  qwen: ({ repository, snippets, path }) => ({
    before: `<|repo_name|>${repository}\n${files(snippets, '<|file_sep|>')}<|file_sep|>${path}\n`,
    head: '',
  }),
  // <repo_name>name<file_sep>path⏎ text, repeated; the document last (bigcode-project/starcoder2)
  starcoder: ({ repository, snippets, path }) => ({
    before: `<repo_name>${repository}${snippets
      .map((each) => `<file_sep>${each.path}\n${each.text}\n`)
      .join('')}<file_sep>${path}\n`,
    head: '',
  }),
  // <reponame>name<filename>path⏎ text, repeated (StarCoder, 2023, and the tokenizer of Granite Code)
  starcoder1: ({ repository, snippets, path }) => ({
    before: `<reponame>${repository}${files(snippets, '<filename>')}<filename>${path}\n`,
    head: '',
  }),
  // <reponame>name⏎ <file_sep>path⏎ text, repeated; the document last (card of CodeQwen1.5)
  codeqwen: ({ repository, snippets, path }) => ({
    before: `<reponame>${repository}\n${files(snippets, '<file_sep>')}<file_sep>${path}\n`,
    head: '',
  }),
  // ###REFERENCE:⏎ ###PATH:path⏎ text, repeated, then the document’s path (CodeGeeX4, Infilling_guideline.md,
  // which leaves the language empty when it is not known)
  codegeex: ({ snippets, path }) => ({
    before: `${files(snippets, '###REFERENCE:\n###PATH:')}###PATH:${path}\n###LANGUAGE:\n`,
    head: '',
  }),
  // “+++++ path⏎ text”, repeated, within the prefix (multi-file FIM of Codestral)
  codestral: ({ snippets, path }) => ({
    before: '',
    head: `${files(snippets, '+++++ ')}+++++ ${path}\n`,
  }),
  // <filename>path⏎ text, repeated; the document last (card of Mellum)
  mellum: ({ snippets, path }) => ({
    before: `${files(snippets, '<filename>')}<filename>${path}\n`,
    head: '',
  }),
  // path⏎ text, with <|file_separator|> in between (card of CodeGemma)
  codegemma: ({ snippets, path }) => ({
    before: `${snippets.map((each) => `${each.path}\n${each.text}\n<|file_separator|>`).join('')}${path}\n`,
    head: '',
  }),
}

function files(snippets: readonly Snippet[], token: string): string {
  return snippets.map(({ path, text }) => `${token}${path}\n${text}\n`).join('')
}

/** @param format the id of a FIM template, or of a variant */
export function repositoryText(format: string, context: ProjectContext): RepositoryText {
  return FORMATS[format]?.(context) ?? { before: '', head: asComments(context) }
}

/**
 * Other files as comments in the language of the document:
 *
 * ```
 *   // orders.ts
 *   // export function orderOf(id: number): Order {
 * ```
 */
export function asComments({ snippets, comment }: ProjectContext): string {
  return snippets.map(({ path, text }) => `${commented(`${path}\n${text}`, comment)}\n`).join('')
}

function commented(text: string, { begin, end }: CommentTokens): string {
  // What ends a comment would end it too early.
  const safe = end === '' ? text : text.replaceAll(end, `${end.slice(0, 1)} ${end.slice(1)}`)
  return safe
    .split('\n')
    .map((line) => `${begin} ${line}${end === '' ? '' : ` ${end}`}`.trimEnd())
    .join('\n')
}
