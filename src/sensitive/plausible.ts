/** Words of placeholders. Random text of the usual length contains none of them. */
const PLACEHOLDER =
  /example|x{4}|\*{3}|\.{3}|your|placeholder|dummy|fake|sample|redacted|change_?me|replace|insert|secret|token|password|api_?key|access_?key|foobar|deadbeef|cafebabe|lorem/
/** Values that documentation and emulators use */
const KNOWN =
  /4ec39hqlyjwdarjtt1zdp7dc|eby8vdm02xnocqflquwjpllm|ijoimtizndu2nzg5mc|qwxhzgrpbjpvcgvuihnlc2ftzq/
const REPEATED = /(.)\1{4}|123456|abcdef|987654/

/**
 * Whether a value could be random, as keys and tokens are. Placeholders, words, repetitions and
 * series such as `1234…` are not.
 */
export function isRandom(value: string): boolean {
  const lower = value.slice(0, 300).toLowerCase()
  if (PLACEHOLDER.test(lower) || KNOWN.test(lower)) return false
  const part = longestPart(value).slice(0, 64)
  if (/^([a-z]+|\d+)$/.test(part) || REPEATED.test(part.toLowerCase())) return false
  return !isSeries(part) && entropy(part) > 0.55 * Math.log2(part.length)
}

/** The longest part without punctuation, or the whole value if there is no long one */
function longestPart(value: string): string {
  const parts = value.split(/[^A-Za-z0-9]/).toSorted((a, b) => b.length - a.length)
  const [longest = ''] = parts
  return longest.length < 16 ? value : longest
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
 * Whether a value that only a general name such as `apiKey` marks is random: letters of both cases
 * mixed with digits, or at least 32 characters of one case with digits.
 */
export function isClearlyRandom(value: string): boolean {
  if (value.length < 20 || !isRandom(value)) return false
  const digits = value.match(/\d/g)?.length ?? 0
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value)
  if (!isMixed) return /^[A-Za-z0-9-]{32,}$/.test(value) && digits > 5 && !hasWords(value)
  return digits > 1 && entropy(value) >= 3.7 && !hasWords(value)
}

/** Names, paths and calls consist of words. */
function hasWords(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? []
  return words.join('').length > value.length / 2
}

const TEMPLATE = /^[$%{<[(#:*]|\$\{|\{\{|%[sdv]\b|\.{3}|^[x*._-]+$/i
// No name is two others joined: the search takes linear time.
const COMMON =
  /^(my|your|the|db|super|new|old|real|actual)*(pass|password|passwd|pwd|pw|passphrase|secret|token|key|apikey|user|username|login|admin|root|guest|test|testing|demo|example|foo|bar|baz|postgres|postgresql|mysql|maria|redis|mongo|mongodb|rabbit|rabbitmq|minio|change|it|me|default|dev|local|letmein|qwerty|none|null|undefined|here|string|value|placeholder|sa|auth)*[a-z]{0,3}$/

/**
 * Whether a password is a placeholder, or one that examples use.
 * @param user the user name that belongs to it
 */
export function isPlaceholder(password: string, user: string): boolean {
  if (password === user || TEMPLATE.test(password)) return true
  return COMMON.test(password.toLowerCase().replaceAll(/[-_.]|[\d!]+$/g, ''))
}
