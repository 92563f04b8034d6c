import { type ChildProcess, spawnSync } from 'node:child_process'

/** Sends a signal to a process group: a detached child process and its descendants. */
export function stopGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
  } else {
    process.kill(-child.pid, signal)
  }
}
