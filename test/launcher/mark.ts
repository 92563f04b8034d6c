/**
 * Begins what the tests in the extension host write: it arrives among all that VS Code writes, which
 * is of no interest while nothing has gone wrong.
 */
export const mark = '│'
