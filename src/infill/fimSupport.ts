import { familyOf } from './modelFamilies.ts'
import { templateOf } from './templates.ts'

/**
 * - `fim`: its family was trained to fill in the middle
 * - `none`: its family was not, or does not write text
 * - `nextEdit`: it rewrites a region of a file instead
 * - `unknown`: the name says nothing
 */
export type FimSupport = 'fim' | 'none' | 'nextEdit' | 'unknown'

/** What the name of a model says about filling in the middle. A server may know better. */
export function fimSupportOf(model: string): FimSupport {
  const family = familyOf(model)
  if (family !== null) return family.support
  return templateOf('auto', model) === null ? 'unknown' : 'fim'
}
