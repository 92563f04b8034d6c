/** What VS Code says of a setting at the levels that there are */
export interface Levels {
  globalValue?: unknown
  workspaceValue?: unknown
  workspaceFolderValue?: unknown
}

/** The lists of all levels as one, where VS Code would let the innermost take the others' place. */
export function everyLevel({ globalValue, workspaceValue, workspaceFolderValue }: Levels): unknown {
  const values = [globalValue, workspaceValue, workspaceFolderValue].filter(
    (value) => value !== undefined,
  )
  // What is no list goes on as it is, to be refused by its name.
  const isList = values.every((value) => Array.isArray(value))
  return isList ? values.flat() : values.find((value) => !Array.isArray(value))
}
