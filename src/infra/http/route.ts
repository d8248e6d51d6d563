import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  Patch,
  Post,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Ask } from '../../kernel/exchange.js';
import { isId } from '../../kernel/ids.js';
import { type ProblemCode, problem } from '../../kernel/problems.js';
import type { Shape } from '../../kernel/shape.js';
import type { VocabularyName } from '../../kernel/vocabularies.js';

/** Which files a route takes, and how large they may be whatever the limit of other bodies is. */
export type FileDeclaration = { files: readonly string[]; limit: number };

/** What a route declares about itself, read by the guard, the OpenAPI documents and the contract tests. */
export type RouteDeclaration = {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  /** Permission `resource.verb` or one of `PORTAL_PERMISSIONS`, or `public` with the reason why nobody is asked. */
  permission: string;
  /** Open to everybody without an account: reads of what the asker may see, and the way in. */
  open: boolean;
  /** Key of the operation's texts in `locales/{zh,ru}/operations.json`. */
  operation: string;
  /** Names of the query parameters the route takes besides `lang` and `fallback`; lists check their own. */
  parameters?: readonly string[];
  /** Those of them without which nothing can be answered, for the documents; the handler refuses their absence. */
  required?: readonly string[];
  /** Vocabularies of those of them that take a code. */
  codes?: Readonly<Record<string, VocabularyName>>;
  /** Whether the resource's list query checks the parameters. */
  list?: boolean;
  /** Resource whose record, list or body the route carries. */
  resource?: string;
  /**
   * Shape of the answer for the documents: one of the resource's, one described by hand, a declared class or a list of
   * it, or text or a file of a media type that is no JSON.
   */
  answer:
    | 'list'
    | 'record'
    | 'created'
    | 'none'
    | 'stream'
    | { schema: string }
    | { shape: Shape }
    | { listOf: Shape }
    | { text: string /** Further media types of the same route. */; or?: readonly string[] }
    | { file: string | readonly string[] };
  /** Shape of the request body for the documents, or the media types of a file with its most bytes. */
  body?: 'create' | 'patch' | 'reason' | { shape: Shape } | FileDeclaration;
  /** Whether the JSON body carries a file, and may be larger than others. */
  takesFile?: boolean;
  /** Whether the route asks for the version of what it changes (`If-Match`); those of resources always do. */
  versioned?: boolean;
  /** Whether a POST has one effect for each `Idempotency-Key`; those of resources always do. */
  retried?: boolean;
  /** Counts requests by the client's address, because the route takes credentials or sends mail. */
  limited?: boolean;
  /** Whether the route reads or sets cookies; such a route refuses requests from pages of another origin. */
  cookies?: boolean;
  /** Whether parameters that the route does not know are passed over, as another party's protocol demands. */
  takesUnknown?: boolean;
  /** Part of the configuration without which the route is not served (hardening A19). */
  feature?: 'oidc';
  /** Further problems that the route answers with, for the documents. */
  problems?: readonly ProblemCode[];
  /** Status of success. */
  status: number;
};

export const ROUTE = 'portal:route';

const METHODS = { get: Get, post: Post, patch: Patch, delete: Delete };

/** Declares a route of the API; a route without this declaration is closed. */
export const Route = (declaration: RouteDeclaration): MethodDecorator =>
  applyDecorators(METHODS[declaration.method](declaration.path), SetMetadata(ROUTE, declaration));

/** Request with what the guard made of it. */
export type PortalRequest = Request & { ask?: Ask; requestId?: string; declared?: RouteDeclaration };

/** What the request asks, as the guard understood it. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Ask => {
  const { ask } = context.switchToHttp().getRequest<PortalRequest>();
  if (!ask) throw new Error('the route guard did not run');
  return ask;
});

/** The record id of the path; anything that is no id is an unknown record. */
export const Id = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { id } = context.switchToHttp().getRequest<PortalRequest>().params;
  if (!isId(id)) throw problem('resource.not-found');
  return id;
});
