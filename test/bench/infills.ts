export interface Infill {
  readonly before: string
  /** The line without its indentation */
  readonly line: string
  /** The first half of the line */
  readonly half: string
  readonly after: string
  /** The line and the two after it */
  readonly lines: string
  /** The text after these three lines */
  readonly afterLines: string
}

/** Gaps at lines of a text, spread evenly over it. @param most maximum number of gaps */
export function infillsOf(text: string, most: number): Infill[] {
  const lines = text.split('\n')
  // Lines with content: neither single brackets nor comments.
  const eligible = lines.flatMap((line, at) => (/^\s*[\w'"[({.].{7,}/.test(line) ? [at] : []))
  const step = Math.max(1, Math.floor(eligible.length / most))
  return eligible
    .filter((_, at) => at % step === 0)
    .slice(0, most)
    .map((at) => {
      const [, indentation = '', line = ''] = /^(\s*)(.*)$/.exec(lines[at] ?? '') ?? []
      const words = line.split(/(?<=\W)(?=\w)|(?<=\w)(?=\W)/)
      return {
        before: `${lines.slice(0, at).join('\n')}\n${indentation}`.slice(at === 0 ? 1 : 0),
        line,
        half: words.slice(0, Math.floor(words.length / 2)).join(''),
        after: `\n${lines.slice(at + 1).join('\n')}`,
        lines: [line, ...lines.slice(at + 1, at + 3)].join('\n'),
        afterLines: `\n${lines.slice(at + 3).join('\n')}`,
      }
    })
}
