/** The commands that package.json declares: in the Command Palette, menus and keybindings. */
export const COMMANDS = [
  'infill.complete',
  'infill.completeLine',
  'infill.suggest',
  'infill.cancel',
  'infill.regenerate',
  'infill.nextAlternative',
  'infill.previousAlternative',
  'infill.continue',
  'infill.toggleConfidence',
  'infill.pickToken',
  'infill.connect',
  'infill.switchProfile',
  'infill.chooseModel',
  'infill.previewRequest',
  'infill.copyAsCurl',
  'infill.setApiKey',
  'infill.removeApiKey',
  'infill.showUsage',
  'infill.resetUsage',
  'infill.measure',
  'infill.showLog',
  'infill.showMenu',
] as const

/** The commands of the code lenses above a request document, which need its URI. */
export const LENS_COMMANDS = [
  'infill.sendRequest',
  'infill.stopRequest',
  'infill.insertAnswer',
] as const

export type CommandId = (typeof COMMANDS)[number]
export type LensCommandId = (typeof LENS_COMMANDS)[number]

/** The commands of VS Code that Infill runs. */
export type EditorCommandId =
  | 'workbench.action.openSettings'
  | 'editor.action.inlineSuggest.trigger'
  | 'editor.action.inlineSuggest.hide'
