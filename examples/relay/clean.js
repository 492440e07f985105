// Deletes what relay-compiler generated. It never removes documents from its manifest, and adds only those that it
// recompiles: after a clean build the manifest has exactly the documents that the page sends.
import { rmSync, writeFileSync } from 'node:fs';

rmSync('src/__generated__', { recursive: true, force: true });
writeFileSync('documents.json', '{}');
