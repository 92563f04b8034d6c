/** Only colors of the theme, so that the page fits every one of them, high contrast included. */
export const STYLE = `
body { font: var(--vscode-font-size) var(--vscode-font-family); color: var(--vscode-foreground);
  background: var(--vscode-editor-background); padding: 0 24px 24px; max-width: 960px; line-height: 1.4; }
h1 { font-size: 1.6em; font-weight: 600; margin: 16px 0; }
h2 { font-size: 1.2em; font-weight: 600; margin: 28px 0 8px; }
h3 { font-size: 1em; font-weight: 400; margin: 0; color: var(--vscode-descriptionForeground); }
p { margin: 4px 0; color: var(--vscode-descriptionForeground); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; }
.card { border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border)));
  border-radius: 4px; padding: 10px 12px; }
.card strong { display: block; font-size: 1.4em; font-weight: 600; }
.chart { width: 100%; height: auto; display: block; }
.grid { stroke: var(--vscode-panel-border, var(--vscode-contrastBorder)); stroke-width: 1; }
.axis { fill: var(--vscode-descriptionForeground); font-size: 11px; }
rect { stroke: var(--vscode-contrastBorder, transparent); stroke-width: 0.5; }
.series0 { fill: var(--vscode-charts-blue); } .series1 { fill: var(--vscode-charts-purple); }
.series2 { fill: var(--vscode-charts-green); } .series3 { fill: var(--vscode-charts-yellow); }
.series4 { fill: var(--vscode-descriptionForeground); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; margin: 8px 0; list-style: none; }
.key { width: 10px; height: 10px; margin-right: 6px; }
.scroll { max-height: 320px; overflow: auto; }
.scroll:focus-visible, button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--vscode-descriptionForeground); padding: 4px 0; }
th, td { text-align: right; padding: 4px 6px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th { font-weight: 600; } tbody th { font-weight: 400; }
.text { text-align: left; overflow-wrap: anywhere; min-width: 8ch; }
.text:first-child { min-width: 10ch; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0; }
button { font: inherit; padding: 4px 12px; border-radius: 2px; cursor: pointer;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); }
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
`
