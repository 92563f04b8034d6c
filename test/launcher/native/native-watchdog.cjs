// Replaces @vscode/native-watchdog, which ends the extension host after the server has exited.
exports.start = (parent) => {
  setInterval(() => {
    try {
      process.kill(parent, 0)
    } catch {
      process.exit(87)
    }
  }, 1_000).unref()
}
