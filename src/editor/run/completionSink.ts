/** Why a sink stopped accepting text at a place. */
export type SinkStop = 'undone' | 'edited' | 'closed' | 'refused'

/** Receives the text of a run: a document, a preview, or anything else with one place per cursor. */
export interface CompletionSink {
  /** Accepts text for a place, to be written as soon as possible; LF only. */
  write(index: number, text: string): void
  /** One per place: aborted with a `SinkStop` as its reason when the place accepts no more text */
  readonly stopped: readonly AbortSignal[]
  /** Aborted with the last `SinkStop` as its reason when no place accepts more text */
  readonly over: AbortSignal
  /** Whether text waits for the document to be shown */
  readonly isHeld: boolean
  /** Resolves when all text is written, or the sink has stopped. */
  settled(): Promise<void>
}
