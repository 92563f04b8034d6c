import {
  env,
  QuickInputButtons,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
  type Disposable,
  type QuickInput,
  type QuickInputButton,
  type QuickPickItem,
} from 'vscode'
import type {
  Answer,
  InputQuestion,
  Item,
  PickQuestion,
  Question,
  Questions,
} from '../questions.ts'

/**
 * The questions as VS Code's pickers. They stay open while the user gets a key from a web page. A picker
 * stays until the next one is shown, so that nothing flickers between two questions.
 */
export function createEditorQuestions(): Questions & Disposable {
  let shown: Disposable | undefined
  const show: Show = (picker) => {
    picker.show()
    shown?.dispose()
    shown = picker
  }
  return {
    pick: (question) => pick(question, show),
    input: (question) => input(question, show),
    wait: (question, task) => wait(question, task, show),
    dispose: () => shown?.dispose(),
  }
}

/** Shows a picker in place of the one before. */
type Show = (picker: Picker) => void

type Picked<T> = QuickPickItem & { value: T | null }

async function pick<T>(
  { items, active, ...question }: PickQuestion<T>,
  show: Show,
): Promise<Answer<T>> {
  const picker = window.createQuickPick<Picked<T>>()
  picker.matchOnDescription = true
  picker.placeholder = question.prompt
  picker.items = withSeparators(items)
  const first = picker.items.filter(({ value }) => value !== null)
  picker.activeItems = [first.find(({ value }) => value === active) ?? first[0]].filter(
    (item) => item !== undefined,
  )
  return asked<T>(picker, show, question, (resolve) => [
    picker.onDidAccept(() => {
      const value = picker.activeItems[0]?.value
      // Information cannot be chosen.
      if (value !== null && value !== undefined) resolve({ value })
    }),
  ])
}

function withSeparators<T>(items: readonly Item<T>[]): Picked<T>[] {
  return items.flatMap(({ label, description = '', detail, group, value }, at) => {
    const item = { label, description, ...(detail !== undefined && { detail }), value }
    const before = items[at - 1]?.group
    if (group === before) return [item]
    return [{ label: group ?? '', kind: QuickPickItemKind.Separator, value: null }, item]
  })
}

async function input(question: InputQuestion, show: Show): Promise<Answer<string>> {
  const box = window.createInputBox()
  box.value = question.value
  box.prompt = question.prompt
  box.placeholder = question.placeholder
  box.password = question.isSecret ?? false
  box.validationMessage = question.problem ?? undefined
  const { link = null } = question
  const button = link && { iconPath: new ThemeIcon('link-external'), tooltip: link.title }
  return asked<string>(
    box,
    show,
    question,
    (resolve) => [
      box.onDidChangeValue(() => {
        box.validationMessage = undefined
      }),
      box.onDidAccept(() => {
        const fault = question.validate(box.value)
        if (fault === null) resolve({ value: box.value })
        else box.validationMessage = fault
      }),
      box.onDidTriggerButton((pressed) => {
        if (pressed === button && link !== null) void env.openExternal(Uri.parse(link.url))
      }),
    ],
    button === null ? [] : [button],
  )
}

async function wait<T>(
  question: Question,
  task: (signal: AbortSignal) => Promise<T>,
  show: Show,
): Promise<Answer<T>> {
  const abort = new AbortController()
  const picker = window.createQuickPick()
  picker.placeholder = question.prompt
  picker.busy = true
  try {
    return await asked<T>(picker, show, question, (resolve, reject) => {
      task(abort.signal).then((value) => resolve({ value }), reject)
      return []
    })
  } finally {
    abort.abort()
  }
}

/** A picker that is answered, left or gone back from. */
type Picker = QuickInput & {
  buttons: readonly QuickInputButton[]
  onDidTriggerButton: (listener: (button: QuickInputButton) => void) => Disposable
}

async function asked<T>(
  picker: Picker,
  show: Show,
  { title, canGoBack = true }: Question,
  listen: (
    resolve: (answer: Answer<T>) => void,
    reject: (error: unknown) => void,
  ) => readonly Disposable[],
  buttons: readonly QuickInputButton[] = [],
): Promise<Answer<T>> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>()
  picker.title = title
  picker.ignoreFocusOut = true
  picker.buttons = [...(canGoBack ? [QuickInputButtons.Back] : []), ...buttons]
  const listeners = [
    picker.onDidHide(() => resolve('leave')),
    picker.onDidTriggerButton((button) => {
      if (button === QuickInputButtons.Back) resolve('back')
    }),
    ...listen(resolve, reject),
  ]
  show(picker)
  try {
    return await promise
  } finally {
    for (const listener of listeners) listener.dispose()
  }
}
