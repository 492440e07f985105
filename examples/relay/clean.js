// The compiler only adds to its manifest, and only what it compiles anew: begun afresh, it holds what the page sends.
import { rmSync, writeFileSync } from 'node:fs';

rmSync('src/__generated__', { recursive: true, force: true });
writeFileSync('documents.json', '{}');
