// Replaces the index of @vscode/spdlog: the parts that VS Code's server uses, without native code.
const { appendFileSync, mkdirSync } = require('node:fs')
const { dirname } = require('node:path')

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off']

class Logger {
  constructor(_type, _name, file) {
    this.file = file
    this.level = levels.indexOf('info')
    this.formatted = true
    mkdirSync(dirname(file), { recursive: true })
    appendFileSync(file, '')
  }

  getLevel() {
    return this.level
  }
  setLevel(level) {
    this.level = level
  }
  clearFormatters() {
    this.formatted = false
  }
  setPattern() {}
  flush() {}
  drop() {}
}

const methods = ['trace', 'debug', 'info', 'warn', 'error', 'critical']
for (const [level, method] of methods.entries()) {
  Logger.prototype[method] = function write(message) {
    if (level < this.level) return
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '')
    appendFileSync(this.file, this.formatted ? `${time} [${levels[level]}] ${message}\n` : message)
  }
}

const create = async (name, file) => new Logger('rotating', name, file)

// One assignment per name, so that Node.js detects them as named exports.
exports.version = 0
exports.setLevel = () => {}
exports.setFlushOn = () => {}
exports.Logger = Logger
exports.createRotatingLogger = create
exports.createAsyncRotatingLogger = create
