/** Values that documentation uses, and words that no random value contains. */
const EXAMPLE =
  /example|x{4}|\*{3}|\.{3}|your|placeholder|dummy|fake|sample|redacted|change_?me|replace|insert|secret|token|password|foobar|123456|abcdef|deadbeef|cafebabe|lorem|4ec39hqlyjwdarjtt1zdp7dc|eby8vdm02xnocqflquwjpllm|ijoimtizndu2nzg5mc|(.)\1{4}/

/**
 * Whether a value could be random, as keys and tokens are. Placeholders, words, repetitions and
 * series such as `1234…` are not.
 */
export function isRandom(value: string): boolean {
  const start = value.slice(0, 64)
  if (EXAMPLE.test(value.slice(0, 300).toLowerCase())) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(start)).length
  return kinds > 1 && !isSeries(start) && entropy(start) > 0.55 * Math.log2(start.length)
}

/** Whether most characters are next to the one before them in the alphabet, or equal. */
function isSeries(value: string): boolean {
  const codes = Array.from(value.toLowerCase(), (character) => character.charCodeAt(0))
  const steps = codes.filter((code, at) => at > 0 && Math.abs(code - (codes[at - 1] ?? 0)) <= 1)
  return steps.length > value.length / 2
}

/** Shannon entropy, in bits per character */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  const shares = [...counts.values()].map((count) => count / value.length)
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0)
}

/**
 * Whether a value that has no name in front of it, or only a general one such as `apiKey`, is
 * random: at least 32 hexadecimal digits, or letters of both cases mixed with digits.
 */
export function isClearlyRandom(value: string): boolean {
  if (!isRandom(value)) return false
  if (/^[a-f0-9-]+$/i.test(value)) return value.replaceAll('-', '').length >= 32
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d.*\d/.test(value)
  return isMixed && value.length >= 20 && entropy(value) >= 3.7 && !isPath(value)
}

/** Names, paths and calls consist of words; between the signs of random text, there are few letters. */
function isPath(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? []
  return words.join('').length > value.length / 2
}

const WEAK =
  /^(my|your|the|a|some|db|super|new|old|real|actual|test)*(pass?|pass?word|pass?wd|pwd|pw|passphrase|secret|token|key|apikey|user|username|login|admin|root|guest|test|testing|demo|example|foo|bar|baz|postgres|postgresql|mysql|maria|redis|mongo|mongodb|rabbit|rabbitmq|minio|changeit|change|changeme|default|dev|local|letmein|hunter|qwerty|abc|abcd|xyz|x|y|z|none|null|undefined|here|string|value|placeholder|sa|toor|auth|[a-z]{0,3})*$/

/**
 * Whether a password is a placeholder, or one that examples use.
 * @param user the user name that belongs to it
 */
export function isPlaceholder(password: string, user: string): boolean {
  if (password === user || /[${}<>[\]()*|\\]|%[sdv]|^[:.x_-]+$|\.\.\./i.test(password)) return true
  const letters = password
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replaceAll('$', 's')
    .replaceAll(/[^a-z]/g, '')
  return WEAK.test(letters)
}
