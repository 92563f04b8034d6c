import { isFields } from '../completions/fields.ts'
import type { Completion } from '../completions/types.ts'
import { textOf } from '../infill/filters/segment.ts'
import type { FimTemplate } from '../infill/templates.ts'
import { outputFilterFor } from './outputFilter.ts'

/**
 * The text of each choice that can be inserted: without echo, stop sequences and tokens of the model.
 *
 * @param body the request's body as parsed JSON; fields of the wrong type are ignored
 */
export function insertable(
  { choices }: Completion,
  body: unknown,
  template: FimTemplate | null,
): string[] {
  const fields = isFields(body) ? body : {}
  const request = {
    prompt: typeof fields['prompt'] === 'string' ? fields['prompt'] : '',
    echo: fields['echo'] === true,
    stop: [fields['stop']].flat().filter((each) => typeof each === 'string'),
  }
  const isChat = Array.isArray(fields['messages'])
  return choices.map(({ text }) => {
    const filter = outputFilterFor(request, template, { isChat })
    return textOf([...filter.push([{ text, token: null }]), ...filter.flush()])
  })
}
