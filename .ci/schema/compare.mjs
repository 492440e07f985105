import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

// compare gives what has changed from one schema to another, as lists of sentences by how much it hurts clients.
export async function compare(before, after) {
  const changes = await diff(buildSchema(before), buildSchema(after));
  const told = ({ message, path }) => (path ? `${path}: ${message}` : message);
  const of = (level) => changes.filter(({ criticality }) => criticality.level === level).map(told);
  return {
    breaking: of(CriticalityLevel.Breaking),
    dangerous: of(CriticalityLevel.Dangerous),
    safe: of(CriticalityLevel.NonBreaking),
    // The texts may differ where the schemas do not, in their layout.
    same: before === after,
  };
}

// size counts what a schema has of its own: types, and the fields of objects and interfaces.
export function size(sdl) {
  const types = Object.values(buildSchema(sdl).getTypeMap()).filter(({ astNode }) => astNode);
  const fields = types.flatMap((type) => ('getFields' in type ? Object.values(type.getFields()) : []));
  return { types: types.length, fields: fields.length };
}
