/**
 * Puts a message into the user's language and fills in its `{name}` placeholders: the signature of
 * `vscode.l10n.t`, which extension.ts passes in.
 */
export type Translate = (message: string, args?: Record<string, string | number>) => string

/** The message itself, in English: for the exported API, and for tests in plain Node. */
export const english: Translate = (message, args = {}) =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(args[name] ?? placeholder))
