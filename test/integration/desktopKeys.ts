import type { Binding } from './chords.ts'

// Default keys of the desktop build that the server build does not list:
// src/vs/workbench/electron-browser (desktop.contribution.ts, actions/windowActions.ts,
// actions/developerActions.ts), contrib/files/electron-browser, contrib/externalTerminal, and keys
// that differ by `isWeb` (new file, new window, close editor, switching of editors).
const everywhere = (ctrl: string): Binding[] => [
  { key: `${ctrl}+=`, command: 'workbench.action.zoomIn' },
  { key: `${ctrl}+shift+=`, command: 'workbench.action.zoomIn' },
  { key: `${ctrl}+numpad_add`, command: 'workbench.action.zoomIn' },
  { key: `${ctrl}+-`, command: 'workbench.action.zoomOut' },
  { key: `${ctrl}+shift+-`, command: 'workbench.action.zoomOut' },
  { key: `${ctrl}+numpad_subtract`, command: 'workbench.action.zoomOut' },
  { key: `${ctrl}+numpad0`, command: 'workbench.action.zoomReset' },
  { key: `${ctrl}+n`, command: 'workbench.action.files.newUntitledFile' },
  { key: `${ctrl}+shift+n`, command: 'workbench.action.newWindow' },
  { key: `${ctrl}+w`, command: 'workbench.action.closeActiveEditor' },
  { key: `${ctrl}+shift+w`, command: 'workbench.action.closeWindow' },
  { key: `${ctrl}+shift+t`, command: 'workbench.action.reopenClosedEditor' },
  { key: `${ctrl}+k r`, command: 'workbench.action.files.revealActiveFileInWindows' },
  { key: `${ctrl}+k o`, command: 'workbench.action.files.showOpenedFileInNewWindow' },
  { key: `${ctrl}+shift+c`, command: 'workbench.action.terminal.openNativeConsole' },
  { key: 'ctrl+tab', command: 'workbench.action.quickOpenPreviousRecentlyUsedEditorInGroup' },
]

const elsewhereThanMac: Binding[] = [
  ...everywhere('ctrl'),
  { key: 'alt+f4', command: 'workbench.action.closeWindow' },
  { key: 'ctrl+f4', command: 'workbench.action.closeActiveEditor' },
  { key: 'ctrl+shift+i', command: 'workbench.action.toggleDevTools' },
]

export const desktopOnly: Record<'win32' | 'darwin' | 'linux', Binding[]> = {
  win32: [...elsewhereThanMac, { key: 'shift+alt+r', command: 'revealFileInOS' }],
  linux: [
    ...elsewhereThanMac,
    { key: 'ctrl+alt+r', command: 'revealFileInOS' },
    { key: 'ctrl+q', command: 'workbench.action.quit' },
  ],
  darwin: [
    ...everywhere('cmd'),
    { key: 'alt+cmd+i', command: 'workbench.action.toggleDevTools' },
    { key: 'alt+cmd+r', command: 'revealFileInOS' },
    { key: 'cmd+q', command: 'workbench.action.quit' },
    { key: 'ctrl+w', command: 'workbench.action.switchWindow' },
  ],
}
