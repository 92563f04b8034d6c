import {
  CancellationTokenSource,
  LanguageModelChatMessage,
  LanguageModelError,
  lm,
  type LanguageModelChat,
} from 'vscode'
import type { ChatModel, ChatModels } from './chatModels.ts'

/** The language models of VS Code, which ask the user for consent at their first use. */
export const EDITOR_MODELS: ChatModels = {
  async find(id) {
    const found = await lm.selectChatModels(id === '' ? {} : { id })
    return found.map(chatModelOf)
  },
  faultOf(error) {
    if (!(error instanceof LanguageModelError)) return null
    return { status: STATUS.get(error.code) ?? 500, message: error.message }
  },
}

const STATUS: ReadonlyMap<string, number> = new Map([
  [LanguageModelError.NoPermissions().code, 403],
  [LanguageModelError.Blocked().code, 429],
  [LanguageModelError.NotFound().code, 404],
])

function chatModelOf(model: LanguageModelChat): ChatModel {
  return {
    id: model.id,
    maxInputTokens: model.maxInputTokens,
    async ask(message, options, signal) {
      const source = new CancellationTokenSource()
      const cancel = (): void => source.cancel()
      signal.addEventListener('abort', cancel)
      const end = (): void => {
        signal.removeEventListener('abort', cancel)
        source.dispose()
      }
      try {
        const { text } = await model.sendRequest(
          [LanguageModelChatMessage.User(message)],
          { modelOptions: { ...options }, justification: 'To complete text at the cursor.' },
          source.token,
        )
        return untilEnd(text, signal, end)
      } catch (error) {
        end()
        throw error
      }
    },
  }
}

async function* untilEnd(
  text: AsyncIterable<string>,
  signal: AbortSignal,
  end: () => void,
): AsyncGenerator<string> {
  try {
    for await (const part of text) {
      signal.throwIfAborted()
      yield part
    }
  } finally {
    end()
  }
}
