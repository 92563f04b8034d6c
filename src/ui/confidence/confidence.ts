import {
  EventEmitter,
  Hover,
  languages,
  MarkdownString,
  window,
  type Disposable,
  type Event,
  type Memento,
  type Position,
  type TextDocument,
} from 'vscode'
import { tokensOf } from '../../editor/insertion/inserted.ts'
import type { LastInsertion } from '../../editor/insertion/lastInsertion.ts'
import { rangeOf } from '../../editor/document/rangeOf.ts'
import { tokenAt } from '../../infill/confidence/tokenRanges.ts'
import { configuredEndpoint } from '../../settings/vscode/configuration.ts'
import type { Translate } from '../translate.ts'
import { createConfidenceColors, type ConfidenceColors } from './colors.ts'
import { hoverText, PICK } from './hoverText.ts'

/** Shows how likely the tokens of the last insertion were: by colors, and by a hover. */
export interface Confidence extends Disposable {
  /** Whether it is switched on; kept across restarts */
  readonly isOn: boolean
  /** Whether tokens of the last insertion are colored now */
  readonly isShown: boolean
  toggle(): Promise<void>
  /** A run has ended: tells once per endpoint when there is nothing to show. */
  completed(): void
  /** Fired when what is shown may have changed */
  onDidChange: Event<void>
}

const KEY = 'infill.confidence'

export function createConfidence(
  last: LastInsertion,
  state: Pick<Memento, 'get' | 'update'>,
  t: Translate,
): Confidence {
  const changed = new EventEmitter<void>()
  const told = new Set<string>()
  let isOn = state.get(KEY) === true
  let colors: ConfidenceColors | null = null
  let hovers: Disposable | null = null

  function hasTokens(): boolean {
    return last.current?.places.some((place) => tokensOf(place).length > 0) ?? false
  }

  function update(): void {
    // What is switched off costs nothing.
    if (isOn) {
      colors ??= createConfidenceColors()
      hovers ??= languages.registerHoverProvider({ scheme: '*' }, { provideHover })
    } else {
      hovers?.dispose()
      hovers = null
    }
    colors?.show(isOn ? last.current : null)
    changed.fire()
  }

  function provideHover(document: TextDocument, position: Position): Hover | undefined {
    const { current } = last
    if (current?.document !== document) return undefined
    for (const [index, place] of current.places.entries()) {
      const found = tokenAt(tokensOf(place), position)
      const segment = place.tries[place.shown]?.segments[found?.segment ?? -1]
      if (found === null || segment === undefined) continue
      const text = hoverText(segment, { place: index, segment: found.segment }, t)
      const markdown = new MarkdownString(text)
      markdown.isTrusted = { enabledCommands: [PICK] }
      return new Hover(markdown, rangeOf(found.range))
    }
    return undefined
  }

  const listener = last.onDidChange(update)
  update()

  return {
    get isOn() {
      return isOn
    },
    get isShown() {
      return isOn && hasTokens()
    },
    async toggle() {
      isOn = !isOn
      update()
      void window.showInformationMessage(`Infill: ${toggleText(isOn, hasTokens(), t)}`)
      await state.update(KEY, isOn)
    },
    completed() {
      const { label } = configuredEndpoint()
      if (!isOn || last.current === null || hasTokens() || told.has(label)) return
      told.add(label)
      const message = t(
        '{endpoint} sent no log probabilities, so there is no confidence to show.',
        {
          endpoint: label,
        },
      )
      void window.showInformationMessage(`Infill: ${message}`)
    },
    onDidChange: changed.event,
    dispose() {
      listener.dispose()
      hovers?.dispose()
      colors?.dispose()
      changed.dispose()
    },
  }
}

function toggleText(isOn: boolean, hasTokens: boolean, t: Translate): string {
  if (!isOn) return t('Confidence is hidden. Completions ask for log probabilities no longer.')
  return hasTokens
    ? t('Confidence is shown.')
    : t('Confidence is shown from the next completion on: it asks for log probabilities.')
}
