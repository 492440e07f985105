import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['src/**/*.ts', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: {
        // The server requires SHA-256. The preset's default is SHA-1.
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      config: {
        // Documents are strings at run time, so the bundle does not include the package `graphql`.
        documentMode: 'string',
        scalars: { DateTime: 'string', URL: 'string' },
        // A scalar without a mapping above fails the build instead of becoming `any`.
        strictScalars: true,
        // Selected fields are always present: null if there is no value, never undefined.
        avoidOptionals: { field: true },
        // Enums are unions of strings, so you can compare them with the values in the response.
        enumsAsTypes: true,
        skipTypename: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
