// Packs what the build made, once, so that the server need not: `x` gets an `x.gz` beside it.
//   node pack.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(css|html|js|svg|webmanifest)$/.test(name)) continue;
  const bytes = readFileSync(join(folder, name));
  const packed = gzipSync(bytes, { level: 9 });
  if (packed.length < bytes.length) writeFileSync(join(folder, `${name}.gz`), packed);
}
