import {
  NotebookCellKind,
  workspace,
  type ConfigurationScope,
  type NotebookCell,
  type TextDocument,
  type Uri,
} from 'vscode'
import { joinNotebookCells, type Cell } from '../../infill/context/notebookText.ts'
import type { Lines } from '../../infill/context/contextWindow.ts'

/** A document as it is read: by line, without a copy of the whole text. */
export interface Read {
  lines: Lines
  /** The line that the document itself begins with: that of a cell has the cells before it. */
  firstLine: number
}

/** A document's lines, and for a cell those of its whole notebook. What cells have put out is not in it. */
export function linesAround(document: TextDocument): Read {
  const own = cellOf(document)
  if (own === undefined) return { lines: linesOf(document), firstLine: 0 }
  const cells = own.notebook.getCells().map(asCell)
  return joinNotebookCells(cells.slice(0, own.index), asCell(own), cells.slice(own.index + 1))
}

/** The file that a document is of: for a cell, that of its notebook. */
export function fileOf(document: TextDocument): { uri: Uri; isUntitled: boolean } {
  return cellOf(document)?.notebook ?? document
}

/** Where settings are read for a document: VS Code knows of no folder that a cell is in. */
export function scopeOf(document: TextDocument): ConfigurationScope {
  return { uri: fileOf(document).uri, languageId: document.languageId }
}

/** The cell that a document is, if it is one */
export function cellOf(document: TextDocument): NotebookCell | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined
  return workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document)
}

function asCell({ document, kind }: NotebookCell): Cell {
  return {
    lines: linesOf(document),
    language: document.languageId,
    isCode: kind === NotebookCellKind.Code,
  }
}

export function linesOf(document: TextDocument): Lines {
  return {
    lineCount: document.lineCount,
    lineAt: (line) => document.lineAt(line).text,
  }
}
