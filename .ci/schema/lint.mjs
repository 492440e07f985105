import graphqlESLint from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { rules } from './rules.mjs';

const FILE = 'schema.graphql';
let used = false;

// lint gives what the rules find in a schema, a line each, and the names of the rules that were on.
//
// A process can do it once: the plugin remembers the edges and the PageInfo of the first schema it sees, and would go
// by them for a second one.
export async function lint(sdl) {
  if (used) throw new Error('one process lints one schema');
  used = true;
  const eslint = new ESLint({
    cwd: import.meta.dirname,
    overrideConfigFile: true, // none but this one
    overrideConfig: {
      files: [FILE],
      plugins: { '@graphql-eslint': graphqlESLint },
      languageOptions: { parser: graphqlESLint.parser, parserOptions: { schemaSdl: sdl } },
      linterOptions: { noInlineConfig: true }, // a comment in the schema turns no rule off
      rules,
    },
  });
  const [{ messages }] = await eslint.lintText(sdl, { filePath: FILE });
  const config = await eslint.calculateConfigForFile(FILE);
  return {
    // Warnings count too: that a file was passed over is one.
    problems: messages.map(told),
    rules: Object.entries(config.rules).filter(([, [severity]]) => severity === 2).map(([name]) => bare(name)),
  };
}

const told = ({ line, message, ruleId }) =>
  `${FILE}:${line ?? 1}: ${message.replace(/\s+/g, ' ')} (${bare(ruleId ?? 'not a schema')})`;

const bare = (name) => name.replace('@graphql-eslint/', '');
