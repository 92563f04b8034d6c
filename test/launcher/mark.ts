/**
 * Prefix of the lines that tests in the extension host print. It separates them from the output of
 * VS Code, which is only of interest if something fails.
 */
export const mark = '│'
