import { once } from 'node:events'
import { textOf } from '../../infill/filters/segment.ts'
import type { CompletionCommandsOptions } from '../completionCommands.ts'
import { activeEditor } from '../document/activeEditor.ts'
import { insertedOf, withTries } from '../insertion/inserted.ts'
import { tidy } from '../insertion/tidy.ts'
import { othersIn } from '../run/received.ts'
import { endedRun, recordRun } from '../run/recordRun.ts'
import type { Run } from '../run/runs.ts'
import { sessionAt, validSelections } from '../run/sessionAt.ts'
import { runSettings } from '../runSettings.ts'
import { Suggestion } from './suggestion.ts'

/** Suggests a completion at the primary cursor. What is accepted is the last insertion, as any other. */
export function createSuggest(options: CompletionCommandsOptions): (run: Run) => Promise<void> {
  const { last, usage } = options

  return async ({ signal, report }) => {
    const editor = await activeEditor()
    const { document, selection } = editor
    const settings = runSettings(document, options.showsConfidence())
    const selections = validSelections(document, [
      { start: selection.active, end: selection.active },
    ])
    const suggestion = new Suggestion(document, selection.active)
    const own = { ...options, settings, report, signal, accounting: usage.accounting }
    const { received, ...result } = await sessionAt(editor, selections, suggestion, own)
    const outcome = recordRun({ ...result, document, places: [], isOpen: false }, settings, usage)
    const [choices = new Map()] = received
    const texts = [choices.get(0) ?? [], ...othersIn(choices)]
    const { progress } = outcome
    report(progress)
    if (signal.aborted || progress.kind === 'failed') return suggestion.stop('edited')
    suggestion.complete(texts.slice(1).map((each) => textOf(each)))
    // The run lasts as long as its suggestion: the next run, and Escape, end it.
    signal.addEventListener('abort', () => suggestion.stop('edited'))
    if (!suggestion.over.aborted) await once(suggestion.over, 'abort')
    const { accepted } = suggestion
    if (accepted === null) return
    const place = { range: accepted.range, hasText: true }
    const tidied = await tidy(document, [place], { kind: settings.afterInsert, signal })
    const [range] = tidied.ranges
    if (!range) return
    const others = texts.filter((_, index) => index !== accepted.choice)
    const segments = texts[accepted.choice] ?? []
    const all = { range, tries: [], segments, alternatives: others }
    last.keep(insertedOf(document, [withTries(document, all)], false), false)
    const ended = endedRun(outcome, settings)
    if (ended !== null) usage.kept.track(document, range, ended)
  }
}
