import graphqlESLint from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { accepted, rules } from './rules.mjs';

const FILE = 'schema.graphql';
let called = false;

// lint returns the problems in a schema, a line each, and the names of the enabled rules.
//
// It can be called once per process: the plugin caches the edges and the PageInfo of the first schema, and would use them
// for a second one.
export async function lint(sdl) {
  if (called) throw new Error('lint can be called once per process');
  called = true;
  const eslint = new ESLint({
    cwd: import.meta.dirname,
    overrideConfigFile: true, // no other configuration
    overrideConfig: {
      files: [FILE],
      plugins: { '@graphql-eslint': graphqlESLint },
      languageOptions: { parser: graphqlESLint.parser, parserOptions: { schemaSdl: sdl } },
      linterOptions: { noInlineConfig: true }, // a comment in the schema cannot disable a rule
      rules,
    },
  });
  const [{ messages }] = await eslint.lintText(sdl, { filePath: FILE });
  const config = await eslint.calculateConfigForFile(FILE);
  return {
    // Includes warnings, such as that a file was ignored.
    problems: messages.filter(({ message, ruleId }) => !accepted[ruleId]?.includes(message)).map(describe),
    rules: Object.entries(config.rules).filter(([, [severity]]) => severity === 2).map(([name]) => withoutPrefix(name)),
  };
}

const describe = ({ line, message, ruleId }) =>
  `${FILE}:${line ?? 1}: ${message.replace(/\s+/g, ' ')} (${withoutPrefix(ruleId ?? 'not a schema')})`;

const withoutPrefix = (name) => name.replace('@graphql-eslint/', '');
