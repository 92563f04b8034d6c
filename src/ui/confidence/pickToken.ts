import { window, type QuickPickItem } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { tokensOf, type Inserted } from '../../editor/insertion/inserted.ts'
import { lastOf } from '../../editor/insertion/changeable.ts'
import type { LastInsertion } from '../../editor/insertion/lastInsertion.ts'
import type { TokenPick } from '../../editor/pickToken.ts'
import { alternativesOf, type Alternative } from '../../infill/confidence/alternatives.ts'
import { tokenAt } from '../../infill/confidence/tokenRanges.ts'
import type { Segment } from '../../infill/filters/segment.ts'
import type { Translate } from '../translate.ts'
import { chanceOf } from './hoverText.ts'
import { percentText, tokenLabel } from './tokenWords.ts'

/** A token of the last insertion that has alternatives */
interface Choice {
  place: number
  segment: number
  of: Segment
  /** Of its token */
  text: string
  alternatives: readonly (Alternative & { text: string })[]
}

/**
 * Asks which token to replace, and by which. A link in a hover has answered both; where the cursor is
 * in a token, that one is taken.
 *
 * @param argument of the command
 * @returns `undefined` when the user has closed the list
 * @throws CompletionError `not_editable` when there is no insertion, or there are no tokens
 */
export async function chooseToken(
  last: LastInsertion,
  argument: unknown,
  t: Translate,
): Promise<TokenPick | undefined> {
  const linked = pickIn(argument)
  if (linked !== null) return linked
  const { editor } = lastOf(last)
  const inserted = last.current
  const choices = inserted === null ? [] : choicesIn(inserted)
  if (inserted === null || choices.length === 0) {
    throw new CompletionError('not_editable', { id: 'noTokens' })
  }
  const atCursor = inserted.places
    .map((place, index) => {
      const found = tokenAt(tokensOf(place), editor.selection.active)
      return choices.find((each) => each.place === index && each.segment === found?.segment)
    })
    .find((each) => each !== undefined)
  const choice = atCursor ?? (await chooseChoice(choices, t))
  if (choice === undefined) return undefined
  const items = choice.alternatives.map((each) => ({
    label: tokenLabel(each.token),
    description: percentText(each.logprob, t),
    alternative: each.token,
  }))
  const title = `Infill: ${t('Instead of {token} ({chance})', {
    token: tokenLabel(choice.text),
    chance: chanceOf(choice.of.token?.logprob ?? null, t),
  })}`
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: t('The text after it is written again'),
  })
  return (
    picked && {
      place: choice.place,
      segment: choice.segment,
      token: choice.text,
      alternative: picked.alternative,
    }
  )
}

/** The tokens in the order of the text, with the text around each */
async function chooseChoice(choices: readonly Choice[], t: Translate): Promise<Choice | undefined> {
  const items = choices.map((choice): QuickPickItem & { choice: Choice } => ({
    label: tokenLabel(choice.text),
    description: chanceOf(choice.of.token?.logprob ?? null, t),
    choice,
  }))
  const picked = await window.showQuickPick(items, {
    title: `Infill: ${t('Which token?')}`,
    placeHolder: t('Type a token, or how likely it was'),
    matchOnDescription: true,
  })
  return picked?.choice
}

function choicesIn({ places }: Inserted): Choice[] {
  return places.flatMap(({ tries, shown }, place) =>
    (tries[shown]?.segments ?? []).flatMap((of, segment): Choice[] => {
      const alternatives = alternativesOf(of).flatMap((each) =>
        each.text === null ? [] : [{ ...each, text: each.text }],
      )
      const text = of.token?.text ?? ''
      return alternatives.length === 0 ? [] : [{ place, segment, of, text, alternatives }]
    }),
  )
}

/** Checks the argument of a link. Menus pass arguments of their own, which are ignored. */
function pickIn(argument: unknown): TokenPick | null {
  if (typeof argument !== 'object' || argument === null) return null
  if (!('place' in argument && 'segment' in argument)) return null
  if (!('token' in argument && 'alternative' in argument)) return null
  const { place, segment, token, alternative } = argument
  if (typeof place !== 'number' || typeof segment !== 'number') return null
  if (typeof token !== 'string' || typeof alternative !== 'string') return null
  return { place, segment, token, alternative }
}
