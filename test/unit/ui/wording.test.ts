import assert from 'node:assert/strict'
import type { Problem } from '../../../src/completions/problems.ts'
import type { Notice } from '../../../src/generation/notices.ts'
import { english, type Translate } from '../../../src/ui/translate.ts'
import { noticeMessage, problemMessage } from '../../../src/ui/wording.ts'

type Samples<Union extends { id: string }> = {
  [Id in Union['id']]: readonly Extract<Union, { id: Id }>[]
}

const host = 'api.example.com'

/** Each problem, with each of its forms. A new problem does not compile without a sample. */
const problems: Samples<Problem> = {
  httpStatus: [
    { id: 'httpStatus', host, status: 500, said: '' },
    { id: 'httpStatus', host, status: 400, said: 'model is required' },
  ],
  redirect: [
    { id: 'redirect', host, status: 301, location: null },
    { id: 'redirect', host, status: 302, location: 'https://login.example.com' },
  ],
  reportedError: [
    { id: 'reportedError', host, said: '' },
    { id: 'reportedError', host, said: 'overloaded' },
  ],
  webPage: [{ id: 'webPage' }],
  emptyResponse: [{ id: 'emptyResponse' }],
  notACompletion: [{ id: 'notACompletion' }],
  notJson: [{ id: 'notJson' }],
  oversizedEvent: [{ id: 'oversizedEvent' }],
  oversizedResponse: [{ id: 'oversizedResponse' }],
  nestedTooDeeply: [{ id: 'nestedTooDeeply' }],
  tooManyChoices: [{ id: 'tooManyChoices' }],
  onlyEmptyChunks: [{ id: 'onlyEmptyChunks' }],
  unknownEncoding: [{ id: 'unknownEncoding', encoding: 'compress' }],
  invalidCompression: [{ id: 'invalidCompression' }],
  retryLater: [
    { id: 'retryLater', host, status: 429, said: '', until: Date.now() + 100_000 },
    { id: 'retryLater', host, status: 503, said: 'maintenance', until: Date.UTC(2030, 1) },
  ],
  unfinishedStream: [{ id: 'unfinishedStream' }],
  connectionLost: [{ id: 'connectionLost' }],
  firstTokenTimeout: [{ id: 'firstTokenTimeout', host, seconds: 60 }],
  idleTimeout: [{ id: 'idleTimeout', host, seconds: 30 }],
  endTimeout: [{ id: 'endTimeout' }],
  editorTimeout: [{ id: 'editorTimeout', host }],
  notConfirmed: [{ id: 'notConfirmed', where: host }],
  unreachable: [
    { id: 'unreachable', origin: 'http://127.0.0.1:8080', code: 'ECONNREFUSED' },
    { id: 'unreachable', origin: 'http://127.0.0.1:8080', code: '' },
  ],
  proxyUnreachable: [
    { id: 'proxyUnreachable', origin: null, proxy: 'proxy:3128', code: 'ENOTFOUND' },
    { id: 'proxyUnreachable', origin: 'https://a.example', proxy: 'proxy:3128', code: '' },
  ],
  proxyAuthentication: [
    { id: 'proxyAuthentication', proxy: null },
    { id: 'proxyAuthentication', proxy: 'proxy:3128' },
  ],
  proxyRefused: [
    { id: 'proxyRefused', host, proxy: null, status: 403 },
    { id: 'proxyRefused', host, proxy: 'proxy:3128', status: 403 },
  ],
  proxyFailed: [
    { id: 'proxyFailed', host, proxy: null, status: 502 },
    { id: 'proxyFailed', host, proxy: 'proxy:3128', status: 502 },
  ],
  untrustedCertificate: [
    { id: 'untrustedCertificate', host, proxy: null, code: 'CERT_HAS_EXPIRED' },
    { id: 'untrustedCertificate', host, proxy: 'proxy:3128', code: 'CERT_HAS_EXPIRED' },
  ],
  invalidHeader: [{ id: 'invalidHeader', host }],
  builtinFailed: [{ id: 'builtinFailed', reason: 'The built-in endpoint did not start.' }],
  missingDeployment: [{ id: 'missingDeployment' }],
  singlePrompt: [{ id: 'singlePrompt' }],
  emptyPrompt: [{ id: 'emptyPrompt', server: 'Ollama' }],
  invalidSetting: [
    invalid({ type: 'string' }),
    invalid({ type: 'boolean' }),
    invalid({ type: 'any' }),
    invalid({ type: 'number', minimum: 0 }),
    invalid({ type: 'integer', minimum: 1, maximum: 128 }),
    invalid({ type: 'choice', values: ['auto', 'off'] }),
    invalid({ type: 'strings' }),
    invalid({ type: 'string-or-list', maxItems: 4 }),
    invalid({ type: 'record', values: { type: 'string' } }),
    invalid({ type: 'object', fields: {}, required: ['input', 'output'] }),
    invalid({ type: 'nullable', of: { type: 'integer', minimum: 0 } }),
  ],
  unknownProfile: [{ id: 'unknownProfile', name: 'fast', known: ['local', 'work'] }],
  notInProfiles: [{ id: 'notInProfiles', name: 'infill.profiles.local.modle' }],
  bestOfNotGreater: [{ id: 'bestOfNotGreater', bestOf: 2, n: 3 }],
  endpointNotUrl: [{ id: 'endpointNotUrl', value: 'localhost' }],
  endpointHasPassword: [{ id: 'endpointHasPassword' }],
  unknownTemplate: [{ id: 'unknownTemplate', known: ['qwen', 'starcoder'] }],
  noTemplateForModel: [{ id: 'noTemplateForModel', model: 'm' }],
  editRoute: [{ id: 'editRoute' }],
  chatUnsupported: [{ id: 'chatUnsupported', server: 'Built-in' }],
  nextEditModel: [{ id: 'nextEditModel', model: 'zeta-2' }],
  suffixFieldUnsupported: [{ id: 'suffixFieldUnsupported', server: 'vLLM' }],
  proxyNotUrl: [{ id: 'proxyNotUrl' }],
  socksProxy: [{ id: 'socksProxy' }],
  invalidProxyAuthorization: [{ id: 'invalidProxyAuthorization' }],
  caFile: (
    ['not-absolute', 'missing', 'unreadable', 'no-certificate', 'invalid-certificate'] as const
  ).map((reason) => ({ id: 'caFile', path: '/ca.pem', reason })),
  noEditor: [{ id: 'noEditor' }],
  notText: [{ id: 'notText', name: 'a.png' }],
  fileTooLarge: [{ id: 'fileTooLarge', name: 'a.log' }],
  readOnly: [{ id: 'readOnly' }],
  noInsertion: [{ id: 'noInsertion' }],
  noTokens: [{ id: 'noTokens' }],
  tokenGone: [{ id: 'tokenGone' }],
  documentClosed: [{ id: 'documentClosed' }],
  secretFile: [{ id: 'secretFile', name: '.env' }],
  excludedFile: [{ id: 'excludedFile', name: 'a.txt', glob: '**/*.txt' }],
  secretText: [{ id: 'secretText', kind: 'GitHub token' }],
  budgetSpent: [{ id: 'budgetSpent', spent: 5.004, budget: 5 }],
  requestNotJson: [
    { id: 'requestNotJson', line: null },
    { id: 'requestNotJson', line: 3 },
  ],
  requestNotObject: [{ id: 'requestNotObject' }],
  requestMethod: [{ id: 'requestMethod' }],
  requestUrl: [{ id: 'requestUrl' }],
  requestHeaders: [{ id: 'requestHeaders' }],
  requestHeader: [{ id: 'requestHeader', name: 'x-team' }],
  defect: [{ id: 'defect' }],
}

const notices: Samples<Notice> = {
  bidirectionalRemoved: [{ id: 'bidirectionalRemoved' }],
  fieldOmitted: [true, false].map(
    (isSet) => ({ id: 'fieldOmitted', host, field: 'seed', isSet }) as const,
  ),
  budgetNearlySpent: [{ id: 'budgetNearlySpent', spent: 4, budget: 5 }],
  ledgerFault: ['ENOSPC', 'EACCES', 'EIO', ''].map(
    (code) => ({ id: 'ledgerFault', code }) as const,
  ),
  contextLimited: [{ id: 'contextLimited', host, context: 1024 }],
  suffixUnsupported: (['ignored', 'echoed', 'refused'] as const).flatMap((because) =>
    [null, 'qwen'].map(
      (template) => ({ id: 'suffixUnsupported', host, because, template }) as const,
    ),
  ),
}

type Invalid = Extract<Problem, { id: 'invalidSetting' }>

function invalid(expected: Invalid['expected']): Invalid {
  return { id: 'invalidSetting', name: 'infill.x', expected, value: '7' }
}

suite('wording', () => {
  for (const problem of Object.values<readonly Problem[]>(problems).flat()) {
    test(`a sentence for ${JSON.stringify(problem)}`, () => {
      isSentence((t) => problemMessage(problem, t), problem)
    })
  }

  for (const notice of Object.values<readonly Notice[]>(notices).flat()) {
    test(`a sentence for ${JSON.stringify(notice)}`, () => {
      isSentence((t) => noticeMessage(notice, t), notice)
    })
  }
})

/** Checks a message for unfilled placeholders, and that a translation can place every parameter. */
function isSentence(message: (t: Translate) => string, value: Problem | Notice): void {
  const sentence = message(english)
  assert.match(sentence, /^(“|\p{Lu}|api\.example\.com|proxy:3128|vLLM)/u)
  assert.doesNotMatch(sentence, /\{\w+\}|undefined|(?<!or )null|NaN|\[object/)
  // What a server or a parameter says may end a sentence without a full stop.
  const ends = Object.values(value).some((each) => sentence.endsWith(String(each)))
  assert.ok(ends || /[.…!?”]$/.test(sentence), sentence)
  // A translator sees placeholders, never a sentence that was glued together from values.
  message((template, args = {}) => {
    for (const name of template.match(/(?<=\{)\w+(?=\})/g) ?? []) {
      assert.ok(args[name] !== undefined, `{${name}} in: ${template}`)
    }
    return english(template, args)
  })
}
