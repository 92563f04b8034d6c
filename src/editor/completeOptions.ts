export interface CompleteOptions {
  /** The URI of a document that is never sent otherwise; it is good for this one run. */
  allow?: string | undefined
  /** Whether VS Code reports the editor as read-only */
  readOnly?: boolean | undefined
  /** Whether the user allows more than the monthly budget until the end of the day */
  overBudget?: boolean | undefined
  /** Up to the end of one line */
  oneLine?: boolean | undefined
}

/** Reads the command's argument. Menus pass arguments of their own, which are ignored. */
export function optionsIn(argument: unknown): Omit<CompleteOptions, 'oneLine'> {
  if (typeof argument !== 'object' || argument === null) return {}
  const allow = 'allow' in argument ? argument.allow : undefined
  const isReadOnly = 'readOnly' in argument && argument.readOnly === true
  const overBudget = 'overBudget' in argument && argument.overBudget === true
  return { allow: typeof allow === 'string' ? allow : undefined, readOnly: isReadOnly, overBudget }
}
