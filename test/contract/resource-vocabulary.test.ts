import { expect, it } from '@jest/globals';
import '../../src/app.module.js';
import { codesOf } from '../../src/kernel/vocabularies.js';
import { resources } from '../../src/resource/spec.js';

it('the vocabulary of resources names every resource, and no other', () => {
  const names = resources().map(({ name }) => name);
  expect([...codesOf('resource')].sort()).toEqual(names.sort());
});
