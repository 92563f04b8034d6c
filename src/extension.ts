import {
  commands,
  EventEmitter,
  TabInputText,
  window,
  type Disposable,
  type ExtensionContext,
} from 'vscode'
import { COMMANDS } from './commands.ts'
import type { Api, Completed } from './editor/api.ts'
import type { Services } from './services.ts'

/** Delay after the activation, in ms: VS Code has other work then. */
const DELAY = 300

/**
 * Registers the commands. What stands behind them is in files of its own, which are loaded when VS Code
 * has started, or at the first command.
 */
export async function activate(context: ExtensionContext): Promise<Api> {
  const completed = new EventEmitter<Completed>()
  let loaded: Promise<Services> | undefined
  const services = (): Promise<Services> =>
    (loaded ??= import('./services.ts').then(({ createServices }) =>
      createServices(context, completed),
    ))
  context.subscriptions.push(
    completed,
    soon(services),
    ...COMMANDS.map((id) =>
      commands.registerCommand(id, async (argument) => (await services()).run(id, argument)),
    ),
  )
  // Its file system has to be there when VS Code reads the document.
  if (hasRequestDocument()) await services()
  return {
    onDidComplete: completed.event,
    create: async (...args) => (await services()).api.create(...args),
    async *createStreaming(...args) {
      yield* (await services()).api.createStreaming(...args)
    },
  }
}

/** A failure is not reported: the command that needs the services reports it. */
function soon(task: () => Promise<unknown>): Disposable {
  const timer = setTimeout(() => {
    task().catch(() => undefined)
  }, DELAY)
  return { dispose: () => clearTimeout(timer) }
}

/** Whether VS Code has restored the document of a request */
function hasRequestDocument(): boolean {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs)
  return tabs.some(({ input }) => input instanceof TabInputText && input.uri.scheme === 'infill')
}
