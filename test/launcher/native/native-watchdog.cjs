// In place of @vscode/native-watchdog, which ends the extension host when the server is gone.
exports.start = (parent) => {
  setInterval(() => {
    try {
      process.kill(parent, 0)
    } catch {
      process.exit(87)
    }
  }, 1_000).unref()
}
