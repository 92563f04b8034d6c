import { findSecret } from './contents.ts'
import { hasSensitiveName } from './names.ts'

/** Why something is never sent and never indexed: the file's name, or a secret in the text. */
export type Sensitivity = { by: 'name' } | { by: 'text'; kind: string }

/** The text on both sides of a cursor */
export interface Sides {
  readonly prompt: string
  readonly suffix: string
}

/** Maximum length of the part next to the cursor that is searched on its own, in characters */
const NEAR = 4000

/**
 * Decides what may leave a document: for completions, previews and curl commands, and for what the
 * built-in endpoint reads.
 *
 * @param path of the file, absolute or relative
 * @param text the text of the file, or around cursors, if it is known
 * @returns `null` if nothing speaks against it
 */
export function sensitivityOf(
  path: string,
  text: string | readonly Sides[] = '',
): Sensitivity | null {
  if (hasSensitiveName(path)) return { by: 'name' }
  const texts = typeof text === 'string' ? [text] : text.flatMap(textsAround)
  for (const each of texts) {
    const kind = findSecret(each)
    if (kind !== null) return { by: 'text', kind }
  }
  return null
}

/** The cursor may be inside a secret. If it replaces a selection, a secret may end or start at it. */
function textsAround({ prompt, suffix }: Sides): string[] {
  return [prompt + suffix, `${prompt.slice(-NEAR)}\n${suffix.slice(0, NEAR)}`]
}
