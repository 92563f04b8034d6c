import type { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import type { Notice } from '../generation/notices.ts'
import { adviceFor } from './advice.ts'
import {
  budgetSpent,
  caFileFault,
  proxyName,
  reasonFor,
  suffixFault,
  retryLater,
  unsuitable,
  usageNotice,
} from './phrases.ts'
import { settingMessage } from './settingWording.ts'
import type { Translate } from './translate.ts'

/** All sentences about errors and notices: problems and notices are data everywhere else. */

/** The error as one sentence, and a second one where the user can do something about it. */
export function errorMessage(error: CompletionError, t: Translate): string {
  const sentence = problemMessage(error.problem, t)
  const advice = adviceFor(error, t)
  if (advice === null) return sentence
  return `${/[.…!?]$/.test(sentence) ? sentence : `${sentence}.`} ${advice}`
}

/** The problems whose sentence has no parameters */
const PLAIN = {
  emptyResponse: (t) => t('The response is empty.'),
  notACompletion: (t) => t('The response is not a valid completion.'),
  notJson: (t) => t('The response is not valid JSON.'),
  oversizedEvent: (t) => t('The server sent an oversized event.'),
  oversizedResponse: (t) => t('The server sent an oversized response.'),
  nestedTooDeeply: (t) => t('The response is nested too deeply.'),
  tooManyChoices: (t) => t('The server sent too many choices.'),
  onlyEmptyChunks: (t) => t('The server sent only empty chunks.'),
  invalidCompression: (t) => t('The compressed response is invalid.'),
  unfinishedStream: (t) => t('The stream ended before the completion was finished.'),
  connectionLost: (t) => t('The connection was lost before the response was complete.'),
  endTimeout: (t) => t('The response did not end after [DONE].'),
  missingDeployment: (t) =>
    t('Azure OpenAI requires the name of a deployment. Set it as infill.model.'),
  singlePrompt: (t) => t('This server accepts only one prompt, as a string.'),
  invalidProxyAuthorization: (t) =>
    t('The setting http.proxyAuthorization contains an invalid character.'),
  noEditor: (t) => t('Open a file and place the cursor where the completion should go.'),
  readOnly: (t) => t('This file is read-only.'),
  noInsertion: (t) => t('There is no recent insertion in this editor.'),
  noTokens: (t) => t('There are no log probabilities for the last insertion.'),
  tokenGone: (t) => t('This token is no longer in the text.'),
  documentClosed: (t) => t('The document that the request was made for is closed.'),
  requestNotObject: (t) =>
    t('The request cannot be sent: it must be an object with "method", "url" and "body".'),
  requestMethod: (t) => t('The request cannot be sent: "method" must be "POST" or "GET".'),
  requestUrl: (t) => t('The request cannot be sent: "url" must begin with http:// or https://.'),
  requestHeaders: (t) => t('The request cannot be sent: "headers" must be an object.'),
  defect: (t) => t('Unexpected error. See the log for details.'),
  webPage: (t) =>
    t('The server responded with a web page: a sign-in page, a proxy, or an incorrect URL.'),
  endpointHasPassword: (t) =>
    t('The setting infill.endpoint must not contain a password. Use “Infill: Set API Key…”.'),
  proxyNotUrl: (t) =>
    t(
      'The proxy in http.proxy, or in the environment variable HTTPS_PROXY or HTTP_PROXY, must be a URL such as http://proxy.example:3128.',
    ),
  socksProxy: (t) =>
    t('Infill’s own client does not support SOCKS proxies. Set infill.http.client to "vscode".'),
} satisfies Partial<Record<Problem['id'], (t: Translate) => string>>

type PlainProblem = Extract<Problem, { id: keyof typeof PLAIN }>

function isPlain(problem: Problem): problem is PlainProblem {
  return problem.id in PLAIN
}

/** What went wrong, in one sentence. */
export function problemMessage(problem: Problem, t: Translate): string {
  if (isPlain(problem)) return PLAIN[problem.id](t)
  switch (problem.id) {
    case 'httpStatus':
      return problem.said === ''
        ? t('{host} responded with {status}.', { ...problem })
        : t('{host} responded with {status}: {said}', { ...problem })
    case 'retryLater':
      return retryLater(problem, t)
    case 'redirect': {
      const location = problem.location ?? t('another address')
      return t(
        '{host} responded with {status}: it redirects to {location}, and redirects are not followed.',
        { host: problem.host, status: problem.status, location },
      )
    }
    case 'reportedError':
      return problem.said === ''
        ? t('{host} reported an error.', { ...problem })
        : t('{host} reported an error: {said}', { ...problem })
    case 'unknownEncoding':
      return t('The response has an unsupported content encoding: {encoding}.', { ...problem })
    case 'firstTokenTimeout':
      return t('{host} sent no token within {seconds} s.', { ...problem })
    case 'idleTimeout':
      return t('{host} stopped sending: no token for {seconds} s.', { ...problem })
    case 'editorTimeout':
      return t('{host} did not respond within the timeout of VS Code’s network stack.', {
        ...problem,
      })
    case 'unreachable': {
      const { origin, code } = problem
      return t('Could not reach {origin}: {reason}.', { origin, reason: reasonFor(code, t) })
    }
    case 'proxyUnreachable': {
      const { origin, proxy, code } = problem
      const reason = reasonFor(code, t)
      return origin === null
        ? t('Could not reach the proxy {proxy}: {reason}.', { proxy, reason })
        : t('Could not reach {origin} through the proxy {proxy}: {reason}.', {
            origin,
            proxy,
            reason,
          })
    }
    case 'proxyAuthentication':
      return t('{proxy} requires a valid user name and password (407).', {
        proxy: proxyName(problem.proxy, t),
      })
    case 'proxyRefused':
      return t('{proxy} refused to connect to {host} ({status}).', {
        ...problem,
        proxy: proxyName(problem.proxy, t),
      })
    case 'proxyFailed':
      return t('{proxy} could not reach {host} ({status}).', {
        ...problem,
        proxy: proxyName(problem.proxy, t),
      })
    case 'untrustedCertificate': {
      const { host, proxy, code } = problem
      return proxy === null
        ? t('The certificate of {host} is not trusted ({code}).', { host, code })
        : t('The certificate of {host} or of the proxy {proxy} is not trusted ({code}).', {
            host,
            proxy,
            code,
          })
    }
    case 'invalidHeader':
      return t(
        'The request to {host} was not sent: a header, most likely the API key, contains an invalid character.',
        { ...problem },
      )
    case 'builtinFailed':
      return problem.reason
    case 'emptyPrompt':
      return t('{server} loaded the model but generated nothing: the prompt is empty.', {
        ...problem,
      })
    case 'invalidSetting':
    case 'unknownProfile':
    case 'notInProfiles':
    case 'bestOfNotGreater':
    case 'endpointNotUrl':
    case 'unknownTemplate':
    case 'noTemplateForModel':
    case 'suffixFieldUnsupported':
      return settingMessage(problem, t)
    case 'chatUnsupported':
    case 'editRoute':
    case 'nextEditModel':
      return unsuitable(problem, t)
    case 'caFile':
      return t('The file in infill.http.caFile {fault}: "{path}".', {
        path: problem.path,
        fault: caFileFault(problem.reason, t),
      })
    case 'notText':
      return t('“{name}” is not open as text.', { ...problem })
    case 'fileTooLarge':
      return t('“{name}” is too large: VS Code shares files up to 50 MB with extensions.', {
        ...problem,
      })
    case 'notConfirmed':
      return t('Nothing was sent: you did not allow the connection to {where}.', { ...problem })
    case 'secretFile':
      return t('Not sent: “{name}” looks like a file that contains secrets.', { ...problem })
    case 'excludedFile':
      return t('Not sent: “{name}” is excluded by “{glob}” in infill.exclude.', { ...problem })
    case 'secretText':
      return t('Not sent: the text around the cursor contains a secret ({kind}).', { ...problem })
    case 'budgetSpent':
      return budgetSpent(problem, t)
    case 'requestNotJson':
      return problem.line === null
        ? t('The request cannot be sent: it is not JSON.')
        : t('The request cannot be sent: it is not JSON, see line {line}.', { line: problem.line })
    case 'requestHeader':
      return t('The request cannot be sent: the header "{name}" must be a string.', { ...problem })
  }
}

/** What was learned about a server, in one sentence. */
export function noticeMessage(notice: Notice, t: Translate): string {
  switch (notice.id) {
    case 'fieldOmitted': {
      const { host, field, isSet } = notice
      return isSet
        ? t('{host} does not support “{field}”, which your settings specify; it is omitted.', {
            host,
            field,
          })
        : t('{host} does not support “{field}”; it is omitted.', { host, field })
    }
    case 'contextLimited':
      return t('The context of {host} is limited to {context} tokens; less text is sent.', {
        ...notice,
      })
    case 'suffixUnsupported': {
      const { host, template } = notice
      const sent =
        template === null
          ? t('Only the text before the cursor is sent.')
          : t('The fill-in-the-middle tokens of the model ({template}) are used instead.', {
              template,
            })
      return `${suffixFault(host, notice.because, t)} ${sent}`
    }
    case 'budgetNearlySpent':
    case 'ledgerFault':
      return usageNotice(notice, t)
    case 'bidirectionalRemoved':
      return t(
        'Invisible characters that change the direction of text were removed from the completion.',
      )
  }
}
