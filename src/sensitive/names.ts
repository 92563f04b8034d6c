import { DATA_EXTENSIONS, NAME_RULES, type NameRule } from './nameRules.ts'

/** Names that match a rule but hold no secrets: they list which values are needed. */
const EXAMPLE =
  /^\.secretlint|(^|[-_.])(example|sample|template|tmpl|tpl|dist|schema)s?([-_.]|$)|\.defaults?$/

/** What editors, tools and users add to the name of a copy */
const COPY =
  /(~|#|[-_. ](bak|backup|old|orig|original|save|saved|swp|swo|tmp|copy|local|enc|txt|rej|disabled|\d{1,8})| ?\(\d+\)| copy( \d+)?| - copy)+$/
/** What they add before it */
const COPY_OF = /^(\.?#|copy of |\.(?=.*\.sw[a-p]$))/

/** More characters at the end of a path are not looked at: no file system has longer names. */
const MAX_LENGTH = 1000

/** What a character of a glob means in a regular expression */
const SOURCES: Readonly<Record<string, string>> = {
  '*': '[^/]*',
  '#': '[^/.]*',
  '?': '[^/]',
  '{': '(?:',
  ',': '|',
  '}': ')',
}

const PATTERN = patternOf(NAME_RULES)
const KEY_PATTERN = patternOf(NAME_RULES.filter(({ coversExamples }) => coversExamples))

/**
 * Whether the path is that of a file that usually holds secrets. Copies of such files count as well:
 * `.npmrc.bak`, `wp-config.php~`.
 *
 * It rather matches one file too many, which the user can allow, than exposes a key.
 *
 * @param path absolute or relative, with `/` or `\` between the folders
 */
export function hasSensitiveName(path: string): boolean {
  const slashed = path.slice(-MAX_LENGTH).replaceAll('\\', '/').toLowerCase()
  const start = slashed.lastIndexOf('/') + 1
  const name = slashed.slice(start)
  const original = name.replace(COPY_OF, '').replace(COPY, '')
  const pattern = EXAMPLE.test(name) ? KEY_PATTERN : PATTERN
  const names = name === original ? [name] : [name, original]
  return names.some(
    (each) => pattern.name.test(each) || pattern.path.test(slashed.slice(0, start) + each),
  )
}

/** Patterns for the lower-case name and path of a file that match what any of the globs matches. */
function patternOf(rules: readonly NameRule[]): { name: RegExp; path: RegExp } {
  const globs = rules.flatMap(({ shown, more }) => [...shown, ...more])
  const [names, folders, paths] = [
    globs.filter((glob) => !glob.includes('/')),
    globs.filter((glob) => glob.endsWith('/')),
    globs.filter((glob) => /\/./.test(glob)),
  ].map((each) => each.map(sourceOf).join('|'))
  return {
    name: new RegExp(`^(?:${names})$`),
    path: new RegExp(`(?:^|/)(?:${folders}|(?:${paths})$)`),
  }
}

function sourceOf(glob: string): string {
  return glob
    .replaceAll('<data>', `{${DATA_EXTENSIONS.replaceAll(' ', ',')}}`)
    .toLowerCase()
    .replaceAll(/[^\w/-]/g, (character) => SOURCES[character] ?? `\\${character}`)
}
