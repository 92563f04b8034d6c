/** The value of `infill.endpoint` for the built-in endpoint */
export const BUILTIN = 'builtin'

/** The value of `infill.endpoint` for the language models of VS Code */
export const LANGUAGE_MODELS = 'vscode-lm'

/**
 * The endpoint as the UI shows it: `builtin`, the host, or the value of the setting if it has no host.
 * It is shown at activation, so this file imports nothing.
 */
export function endpointLabel(endpoint: string): string {
  // "localhost:8080" parses as a URL with the scheme "localhost" and without a host.
  return (URL.canParse(endpoint) && new URL(endpoint).host) || endpoint
}
