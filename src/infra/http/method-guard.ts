import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { problem } from '../../kernel/problems.js';

/** A path that is served, with parameters in braces, and the method it is served for. */
export type ServedRoute = { method: string; path: string };

type Node = { literals: Map<string, Node>; parameter?: Node; methods: Set<string> };

const emptyNode = (): Node => ({ literals: new Map(), methods: new Set() });

const treeOf = (routes: readonly ServedRoute[]): Node => {
  const root = emptyNode();
  for (const { method, path } of routes) {
    let node = root;
    for (const segment of path.slice(1).split('/')) {
      if (segment.startsWith('{')) node = node.parameter ??= emptyNode();
      else {
        const next = node.literals.get(segment) ?? emptyNode();
        node.literals.set(segment, next);
        node = next;
      }
    }
    node.methods.add(method.toUpperCase());
  }
  return root;
};

/**
 * Every node that a path leads to: `/tasks/ledger` may be a route of its own and the task named `ledger`.
 * @param at how many segments lie behind
 * @param found where the nodes are put
 */
const reached = (node: Node, segments: readonly string[], at = 0, found: Node[] = []): Node[] => {
  const segment = segments[at];
  if (segment === undefined) {
    found.push(node);
    return found;
  }
  const literal = node.literals.get(segment);
  if (literal) reached(literal, segments, at + 1, found);
  if (node.parameter && segment !== '') reached(node.parameter, segments, at + 1, found);
  return found;
};

/** Methods of a path as `Allow` lists them; empty for a path that nothing serves. */
const allowed = (nodes: readonly Node[]): string[] => {
  const methods = new Set(nodes.flatMap((node) => [...node.methods]));
  if (methods.size === 0) return [];
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods, 'OPTIONS'].sort();
};

/** Deepest path there is; a longer one is refused without being looked at. */
const MOST_SEGMENTS = 12;

/**
 * Stands before all routes and lets through only a method of a path that is served, letter by letter: no slash at
 * the end, no doubled slash, no capitals (hardening C56). What it lets through still has to pass the route's guard.
 * Everything else is `route.not-found`, or `route.method-not-allowed` with `Allow`.
 */
export const methodGuard = (routes: readonly ServedRoute[]): RequestHandler => {
  const root = treeOf(routes);
  return (request: Request, response: Response, next: NextFunction): void => {
    const segments = request.path.slice(1).split('/', MOST_SEGMENTS);
    const nodes = segments.length === MOST_SEGMENTS ? [] : reached(root, segments);
    const asked = request.method === 'HEAD' ? 'GET' : request.method;
    const isServed = nodes.some(({ methods }) => methods.has(asked));
    const methods = isServed ? [] : allowed(nodes);
    if (isServed) next();
    else if (methods.length === 0) next(problem('route.not-found'));
    else if (request.method === 'OPTIONS') response.status(204).setHeader('Allow', methods.join(', ')).end();
    else next(problem('route.method-not-allowed', { headers: { Allow: methods.join(', ') } }));
  };
};
