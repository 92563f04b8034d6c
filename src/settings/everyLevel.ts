/** The values of a setting, as `WorkspaceConfiguration.inspect` returns them */
export interface Levels {
  globalValue?: unknown
  workspaceValue?: unknown
  workspaceFolderValue?: unknown
}

/**
 * The lists of all levels as one list. VS Code itself uses the list of the innermost level only.
 * If a value is not a list, it is returned unchanged, so that validation rejects it.
 */
export function everyLevel({ globalValue, workspaceValue, workspaceFolderValue }: Levels): unknown {
  const values = [globalValue, workspaceValue, workspaceFolderValue].filter(
    (value) => value !== undefined,
  )
  const isList = values.every((value) => Array.isArray(value))
  return isList ? values.flat() : values.find((value) => !Array.isArray(value))
}
