/**
 * Completes package-lock.json after `npm install` against a registry mirror that does not carry
 * every platform variant of an optional binary: npm leaves those variants out of the lockfile and
 * then refuses `npm ci` because they are missing. The entries added here are what npm itself would
 * have written (name, version, platform), so that `npm ci` skips them on other platforms.
 *
 * Usage: node scripts/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
};
const CPU = ['arm64', 'armv7', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Platform of a variant, read from its name: `@biomejs/cli-linux-x64-musl` → linux, x64, musl. */
function platformOf(name) {
  const os = Object.keys(OS).find((key) => name.includes(`-${key}`) || name.includes(`/${key}`));
  const cpu = CPU.find((key) => name.includes(`-${key}`));
  const libc = name.includes('musl')
    ? ['musl']
    : name.includes('linux') && name.includes('gnu')
      ? ['glibc']
      : undefined;
  return {
    ...(cpu && { cpu: [cpu === 'armv7' ? 'arm' : cpu] }),
    ...(libc && { libc }),
    ...(os && { os: [OS[os]] }),
  };
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[nested] || lock.packages[hoisted] || !platform.os) continue;
    lock.packages[hoisted] = {
      version: version.replace(/^[~^]/, ''),
      ...platform,
      ...(entry.dev && { dev: true }),
      optional: true,
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} platform variants added`);
