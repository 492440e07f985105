import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

// compare returns the changes from one schema to another, one sentence each, by their criticality for clients.
export async function compare(before, after) {
  const changes = await diff(buildSchema(before), buildSchema(after));
  const describe = ({ message, path }) => (path ? `${path}: ${message}` : message);
  const changesOf = (level) => changes.filter(({ criticality }) => criticality.level === level).map(describe);
  return {
    breaking: changesOf(CriticalityLevel.Breaking),
    dangerous: changesOf(CriticalityLevel.Dangerous),
    safe: changesOf(CriticalityLevel.NonBreaking),
    // Equal schemas may still differ in formatting.
    same: before === after,
  };
}

// size counts the types that a schema defines, and the fields of its objects and interfaces.
export function size(sdl) {
  const types = Object.values(buildSchema(sdl).getTypeMap()).filter(({ astNode }) => astNode);
  const fields = types.flatMap((type) => ('getFields' in type ? Object.values(type.getFields()) : []));
  return { types: types.length, fields: fields.length };
}
