import type { ValueType } from './valueTypes.ts'

/** A setting, without its name and description. */
export interface Rule<T> extends ValueType<T> {
  readonly default: T
  /** VS Code's scope: whether the setting can differ by folder only, or by language as well */
  readonly scope: 'resource' | 'language-overridable'
  /** Whether untrusted workspaces cannot set it */
  readonly restricted?: boolean
}

export function perFolder<T>(type: ValueType<T>, byDefault: NoInfer<T>): Rule<T> {
  return { ...type, default: byDefault, scope: 'resource' }
}

export function perLanguage<T>(type: ValueType<T>, byDefault: NoInfer<T>): Rule<T> {
  return { ...type, default: byDefault, scope: 'language-overridable' }
}

/** For a setting that determines where the document's text or the API key is sent, and how. */
export function restricted<T>(rule: Rule<T>): Rule<T> {
  return { ...rule, restricted: true }
}
