import type { Syntax } from '../filters/syntax.ts'

/** A part of another file of the project that is sent with a prompt. Line ends are LF. */
export interface Snippet {
  /** Relative to the workspace, with `/` */
  readonly path: string
  readonly text: string
}

/** What is sent of the project besides the document */
export interface ProjectContext {
  /** In the order in which they are sent: the most similar one last, nearest to the prompt */
  readonly snippets: readonly Snippet[]
  /** Of the document */
  readonly path: string
  /** The name of the workspace folder; empty without one */
  readonly repository: string
  /** How the language of the document begins and ends a comment; an empty `end`: at the end of the line */
  readonly comment: CommentTokens
}

export interface CommentTokens {
  readonly begin: string
  readonly end: string
}

/** The length of what is sent of other files, without the tokens of a format */
export function projectLength({ snippets }: Pick<ProjectContext, 'snippets'>): number {
  return snippets.reduce((sum, { path, text }) => sum + path.length + text.length + 2, 0)
}

/** The line comment of a language, else its block comment, else `//` */
export function commentOf(syntax: Syntax | undefined): CommentTokens {
  const { comments = [] } = syntax ?? {}
  const line = comments.find(([, end]) => end === '\n')
  if (line !== undefined) return { begin: line[0], end: '' }
  const [block] = comments
  return block === undefined ? { begin: '//', end: '' } : { begin: block[0], end: block[1] }
}
