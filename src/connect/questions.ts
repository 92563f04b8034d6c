/** What the flow asks the user. The editor answers with its pickers, the tests with a script. */
export interface Questions {
  pick<T>(question: PickQuestion<T>): Promise<Answer<T>>
  input(question: InputQuestion): Promise<Answer<string>>
  /** Shows that a task is running. Going back or leaving aborts its signal. */
  wait<T>(question: Question, task: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>>
}

/** `back`: to the question before; `leave`: nothing is changed. */
export type Answer<T> = { readonly value: T } | 'back' | 'leave'

export interface Question {
  title: string
  /** What to do, or what is being done */
  prompt: string
  /** Default: true */
  canGoBack?: boolean
}

export interface PickQuestion<T> extends Question {
  items: readonly Item<T>[]
  /** The item that is selected first. Default: the first one with a value */
  active?: T
}

export interface Item<T> {
  /** With VS Code's icons: `$(name)` */
  label: string
  description?: string
  detail?: string
  /** A heading above the first item of each group */
  group?: string
  /** `null`: only information, which cannot be chosen */
  value: T | null
}

export interface InputQuestion extends Question {
  placeholder: string
  /** Kept from before */
  value: string
  isSecret?: boolean
  /** Why the value before was not accepted */
  problem?: string | null
  /** What is wrong with a text; `null` when it can be used */
  validate: (text: string) => string | null
  /** A page that helps to answer */
  link?: { title: string; url: string } | null
}
