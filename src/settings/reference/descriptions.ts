import { TEMPLATES } from '../../infill/templates.ts'
import type { RULES } from '../settings.ts'

/**
 * Markdown. The settings editor shows all of it, README.md only the summary. `#infill.name#` links
 * to another setting in the settings editor.
 */
export type Description = string | { readonly summary: string; readonly details: string }

export const DESCRIPTIONS: { readonly [Name in keyof typeof RULES]: Description } = {
  endpoint: {
    summary:
      'Base URL of the completions endpoint, `builtin`, or `vscode-lm`. `/completions` is appended to the URL.',
    details:
      'Example: `http://127.0.0.1:11434/v1`. `vscode-lm`: a language model of VS Code, which another extension provides; it only chats, so it is a last resort. In untrusted workspaces, this setting is read from user settings only.',
  },
  server: 'Server type. `auto` detects it from the URL and the server’s responses.',
  model: 'Model name. Leave empty to use the server’s default.',
  headers: {
    summary: 'Additional HTTP headers of each request, such as `{"x-team": "docs"}`.',
    details: 'For the API key, use **Infill: Set API Key…** instead.',
  },
  'http.client': {
    summary:
      'HTTP client: `undici`, included in Infill, or `vscode`, the network stack of VS Code.',
    details:
      '`undici` uses the proxy and certificate settings of VS Code and of the environment. `vscode` supports proxies that require PAC or Kerberos.',
  },
  'http.caFile':
    'Absolute path of a PEM file with additional trusted certificates, for example those of your organization or of a server with a self-signed certificate.',
  firstTokenTimeout: 'Timeout for the first token, in seconds. `0` disables the timeout.',
  idleTimeout: 'Timeout for each further token, in seconds. `0` disables the timeout.',
  maxRetries: {
    summary: 'Maximum number of retries before the first token.',
    details: 'A request is retried when the server is busy or unreachable.',
  },

  profile: {
    summary: 'The profile in force, by its name in `#infill.profiles#`. Empty: none.',
    details:
      'It can be set per language or folder. **Infill: Switch Profile…** changes it. In untrusted workspaces, it is read from user settings only.',
  },
  profiles: {
    summary:
      'Profiles by name. Each has settings of Infill without the prefix, such as `{"local": {"endpoint": "http://127.0.0.1:11434/v1", "model": "qwen2.5-coder:1.5b"}}`.',
    details:
      'The settings of the selected profile take precedence over those outside it. API keys are not part of a profile: they belong to the origin of its endpoint.',
  },

  maxTokens: '`max_tokens`: Maximum number of tokens to generate.',
  temperature:
    '`temperature`: Sampling temperature. `0` picks the most likely text; higher values give more varied text.',
  topP: '`top_p`: Nucleus sampling. Only the most likely tokens with this total probability are considered.',
  n: '`n`: Number of alternatives to request. The first is inserted; **Next Alternative** switches to the others.',
  bestOf: {
    summary:
      '`best_of`: Number of completions that the server generates to return the best of them.',
    details: 'Must be greater than `#infill.n#`. The response is not streamed.',
  },
  stream:
    '`stream`: Insert the text while it is generated. When disabled, the completion is inserted when it is finished.',
  logprobs:
    '`logprobs`: Number of most likely tokens to return at each position, with their log probabilities.',
  echo: '`echo`: Return the prompt together with the completion. Infill does not insert the prompt.',
  stop: '`stop`: Sequences at which the completion ends: a string or up to four strings.',
  presencePenalty:
    '`presence_penalty`: Positive values make tokens less likely that already occur in the text.',
  frequencyPenalty:
    '`frequency_penalty`: Positive values make tokens less likely in proportion to how often they occur in the text.',
  logitBias:
    '`logit_bias`: Bias of tokens, by token id: from −100, which bans a token, to 100, which forces it.',
  seed: '`seed`: Seed for sampling. The same request with the same seed should return the same completion.',
  user: '`user`: End-user identifier, used by the provider for abuse monitoring.',
  extraBody:
    'Additional fields of the request body, for server features beyond the completions API. `null` removes a field.',

  contextTokens: {
    summary:
      'Maximum number of tokens of the document to send, before and after the cursor together.',
    details:
      'Estimated at 3 characters per token until the server reports the token counts of the model.',
  },
  prefixShare:
    'Share of `#infill.contextTokens#` used for text before the cursor. Unused space goes to the other side.',
  suffix: {
    summary: 'How the text after the cursor is sent.',
    details:
      '`field`: in the server’s field for the suffix. `template`: in the prompt, with the model’s fill-in-the-middle tokens. `off`: not sent. `auto`: the best of these that the server and the model support. `chat`: a request to `/chat/completions` for the missing text, as a last resort for models that only chat; the answers are less exact, and `auto` never uses it.',
  },
  template: {
    summary: 'Fill-in-the-middle template. `auto` selects it by the model name.',
    details: `Templates: ${TEMPLATES.map(({ id }) => `\`${id}\``).join(', ')}.`,
  },
  'context.files': {
    summary:
      'Which other files parts are sent of: none (`off`), open ones (`open`), or also those with definitions of symbols near the cursor (`project`).',
    details:
      'Only parts that resemble the text near the cursor. Never of files that are not sent, excluded or ignored by Git, and nothing in untrusted workspaces.',
  },
  'context.share': 'Share of `#infill.contextTokens#` for parts of other files, if there are any.',
  exclude: {
    summary:
      'Globs of files that are never sent, such as `**/secret/**`. The globs of user and workspace settings are combined.',
    details:
      'Files whose names indicate secrets are never sent either: `.env`, keys, certificates and credentials.',
  },

  afterInsert: {
    summary:
      'What is done with inserted text, in the same undo step: nothing (`none`), the imports that it uses are added (`organizeImports`), or it is formatted as well (`format`).',
    details:
      'Needs the settings of VS Code: `editor.codeActionsOnSave` for imports, `editor.formatOnSave`, `editor.formatOnPaste` or `editor.formatOnType` for formatting. Other text is not changed.',
  },

  'builtin.confidence': {
    summary:
      'How sure the built-in endpoint has to be: the least probability of each token, from 0 to 1.',
    details:
      'It ends before a token that is less likely; the first one may be twice as doubtful. `0`: it always says what is likeliest.',
  },

  prices: {
    summary:
      'Prices of models in dollars per million tokens, such as `{"codestral-*": {"input": 0.3, "output": 0.9}}`. `*` stands for any text.',
    details:
      '`cachedInput` is the price of prompt tokens that the server has cached; without it, they cost as much as others.',
  },
  monthlyBudget: {
    summary: 'Budget per calendar month in dollars, for models in `#infill.prices#`. `0`: none.',
    details: 'Infill warns at 80 %. At 100 % it asks before it sends more.',
  },
}

export function summaryOf(description: Description): string {
  return typeof description === 'string' ? description : description.summary
}

/** Summary and details */
export function fullText(description: Description): string {
  return typeof description === 'string'
    ? description
    : `${description.summary} ${description.details}`
}
