import type { ServerProfile } from '../profile.ts'

/** The language models of VS Code, which other extensions provide. They only chat. */
export const languageModels: ServerProfile = {
  id: 'vscode-lm',
  title: 'VS Code',
  field: 'never',
  template: false,
  chat: 'only',
}
