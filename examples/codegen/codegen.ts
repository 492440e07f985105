import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['src/**/*.ts', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: {
        // The server takes SHA-256, and the preset's own choice is SHA-1.
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      config: {
        // Documents are text at run time, so that nothing of the package `graphql` gets into the bundle.
        documentMode: 'string',
        scalars: { DateTime: 'string', URL: 'string' },
        // A scalar that is new in the schema ends the build here, instead of becoming `any`.
        strictScalars: true,
        // What was selected is there: null where there is nothing, never undefined.
        avoidOptionals: { field: true },
        // Enums are unions of their values, to compare with as they stand in the answer.
        enumsAsTypes: true,
        skipTypename: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
