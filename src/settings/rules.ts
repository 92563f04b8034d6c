import type { ValueType } from './valueTypes.ts'

/** A setting, without its name and description. */
export interface Rule<T> extends ValueType<T> {
  readonly default: T
  /**
   * VS Code's scope: whether it is the user's only, or can differ by folder, or by language as well
   */
  readonly scope: 'application' | 'resource' | 'language-overridable'
  /** Whether untrusted workspaces cannot set it */
  readonly restricted?: boolean
}

/** The same in all windows: a workspace cannot set it. */
export function perUser<T>(type: ValueType<T>, byDefault: NoInfer<T>): Rule<T> {
  return { ...type, default: byDefault, scope: 'application' }
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
