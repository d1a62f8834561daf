import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '#platform/files/make-folder.ts';
import { CommandError } from './command-error.ts';

/** One serving process per data folder. A lock left by a killed process is taken over. */
export function lockDataFolder(folder: string): () => void {
  try {
    makeFolder(folder);
  } catch {
    throw new CommandError(`数据文件夹不可写：${folder}。请更换 SUNLIT_DATA，或给当前用户写权限。`);
  }
  const file = join(folder, 'sunlit.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const release = () => {
        if (existsSync(file) && readFileSync(file, 'utf8') === String(process.pid)) rmSync(file, { force: true });
      };
      process.once('exit', release);
      return release;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new CommandError(`数据文件夹不可写：${folder}。请更换 SUNLIT_DATA，或给当前用户写权限。`);
      const owner = Number(readFileSync(file, 'utf8'));
      if (owner !== process.pid && isSunlit(owner)) throw new CommandError(`数据文件夹 ${folder} 正被另一个 Sunlit 进程（${owner}）使用；请先停止它，或换一个 SUNLIT_DATA。`);
      rmSync(file, { force: true });
    }
  }
  throw new CommandError(`数据文件夹 ${folder} 无法加锁。`);
}

/** After a restart of the machine another program may have the same number: only a living Node counts. */
function isSunlit(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.ts');
  } catch {
    return process.platform !== 'linux';
  }
}
