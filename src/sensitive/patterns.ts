/** Secrets without a prefix of their own, and keys in files of a known format. */
export interface Pattern {
  readonly kind: string
  /** The pattern is searched for only where this text occurs. */
  readonly keyword: string
  /** Global, with a group for the part that has to be random, if any */
  readonly pattern: RegExp
}

const NEW_LINE = String.raw`(?:\r?\n|\\r|\\n)`
/** From the end of a line of a literal to the start of the next one */
const NEXT_LITERAL = String.raw`(?:\\r)?(?:\\n)?["'\x60]\s{0,40}[+,.\\]?\s{0,40}["'\x60]`
const BEFORE_LINE = String.raw`(?:[^\S\n]|[*#/|>;]){0,20}`
const CHARACTER = '[A-Za-z0-9+/=]'

/**
 * A private key in armor, with the line that follows its first boundary, or the one before its
 * last, or with a boundary as a line of its own: the rest may be outside the context window.
 * Boundaries in the literals of a program that reads keys do not match.
 */
function armored(label: string): RegExp {
  const begin = [
    `${NEW_LINE}{1,3}${BEFORE_LINE}(?!X{4})${CHARACTER}{4}`,
    `${NEXT_LITERAL}${CHARACTER}{16}`,
    ` ?${CHARACTER}{32}`,
  ]
  const end = [
    `${CHARACTER}{4}${NEW_LINE}${BEFORE_LINE}`,
    `${CHARACTER}{16}${NEXT_LITERAL}`,
    `${CHARACTER}{32} ?`,
  ]
  const edge = '-----(?:BEGIN|END) '
  // The conditions on what is before follow the first characters: this makes the search fast.
  return new RegExp(
    [
      `-----BEGIN ${label}-----(?:${begin.join('|')})`,
      `-----END (?<=(?:${end.join('|')})-----END )${label}-----`,
      `${edge}(?<=(?:^|\\n)${BEFORE_LINE}${edge})${label}-----[ \\t]{0,9}(?:\\r?\\n|$)`,
    ].join('|'),
    'g',
  )
}

export const PATTERNS: readonly Pattern[] = [
  {
    kind: 'private key',
    keyword: 'PRIVATE KEY',
    pattern: armored('[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?'),
  },
  {
    kind: 'private key',
    keyword: 'OpenVPN Static key',
    pattern: armored('OpenVPN Static key V\\d'),
  },
  {
    kind: 'private key',
    keyword: 'Private-Lines:',
    pattern: /Private-Lines: \d{1,4}\r?\n[A-Za-z0-9+/]/g,
  },
  { kind: 'private key', keyword: 'SSH2 ENCRYPTED PRIVATE KEY', pattern: /---- BEGIN SSH2 ENC/g },
  {
    kind: 'private key',
    keyword: '"kty"',
    pattern: /\\?"d\\?"\s{0,9}:\s{0,9}\\?"([\w-]{32,1400})/g,
  },
  { kind: 'private key', keyword: '<RSAKeyValue>', pattern: /<D>([\w+/=\s]{40,1400})<\/D>/g },
  {
    kind: 'Telegram token',
    keyword: ':AA',
    pattern: /(?<![\w-])\d{8,10}:(AA[\w-]{32,34})(?![\w-])/g,
  },
  { kind: 'Terraform token', keyword: '.atlasv1.', pattern: /\w{14}\.atlasv1\.([\w=-]{50,80})/g },
  { kind: 'Azure secret', keyword: 'Q~', pattern: /(?<![\w~.-])([\w~.]{3}\dQ~[\w~.-]{31,34})/g },
  {
    kind: 'Azure key',
    keyword: 'JQQJ99',
    pattern: /([A-Za-z0-9]{40,60}JQQJ99[A-Za-z0-9]{16,30})/g,
  },
  {
    kind: 'Azure key',
    keyword: '+A',
    pattern: /(?<![\w+/])([\w+/]{76}\+A(?:St|SC|SR|ZF|MC)[\w+/]{4,8}={0,2})/g,
  },
  {
    kind: 'Azure shared access signature',
    keyword: 'sig=',
    pattern: /[?&;]sig=([\w%+/-]{40,120}(?:%3D|=))/gi,
  },
  {
    kind: 'Mailchimp key',
    keyword: '-us',
    pattern: /(?<![\w-])([a-f0-9]{32}-us\d{1,2})(?![\w-])/g,
  },
  { kind: 'MaxMind key', keyword: '_mmk', pattern: /(?<!\w)(\w{6}_\w{29}_mmk)(?!\w)/g },
  {
    kind: 'Teams webhook',
    keyword: '.webhook.office.com/',
    pattern: /webhookb2\/([\w@-]{60,100}\/IncomingWebhook\/[a-f0-9]{32})/g,
  },
  {
    kind: 'password in a netrc entry',
    keyword: 'machine ',
    pattern: /\bmachine\s+[\w.-]{1,100}\s+login\s+\S{1,100}\s+password\s+([^\s$<{]{6,200})/g,
  },
  {
    kind: 'Kubernetes secret',
    keyword: 'kind: Secret',
    pattern:
      /\bkind: Secret\s[\s\S]{0,1000}?\bdata:\s{1,20}(?:[\w.-]{1,80}: .{0,400}\s{1,20}){0,20}?[\w.-]{1,80}: ["']?([A-Za-z0-9+/]{12,2000}={0,2})/g,
  },
]

/** Lines of base64 and nothing else: the context window is in the middle of a key. */
export const ONLY_BASE64 =
  /^[A-Za-z0-9+/]{0,76}(?:\r?\n[A-Za-z0-9+/]{60,76}){4,}(?:\r?\n[A-Za-z0-9+/=]{0,76})?\s{0,9}$/
