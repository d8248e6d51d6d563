import { Injectable } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ROUTE, type RouteDeclaration } from './route.js';

/** Path below which the API lives. */
export const API_PREFIX = 'api/v1';

/** One route of the API as it is reached. */
export type RouteEntry = {
  declaration: RouteDeclaration;
  /** Whole path with parameters in braces: `/api/v1/leads/{id}`. */
  path: string;
  /** Names for whoever looks for the code. */
  controller: string;
  handler: string;
};

/** A handler that answers requests without saying who may ask; the guard keeps it closed. */
export type UndeclaredRoute = Pick<RouteEntry, 'controller' | 'handler'>;

type Prototype = Record<string, object>;

const pathOf = (controller: object, declaration: RouteDeclaration): string => {
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const segments = [API_PREFIX, base, declaration.path].flatMap((part) => part.split('/')).filter(Boolean);
  return `/${segments.map((segment) => (segment.startsWith(':') ? `{${segment.slice(1)}}` : segment)).join('/')}`;
};

/**
 * Every route of the API, read off the declarations on the controllers: what the documents describe and what the
 * method guard knows is what Nest serves.
 */
@Injectable()
export class RouteTable {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** In the order of modules, that is of features from left to right, then of declaration. */
  entries(): RouteEntry[] {
    return this.handlers().flatMap(({ controller, handler, target }) => {
      const declaration = Reflect.getMetadata(ROUTE, target) as RouteDeclaration | undefined;
      if (!declaration) return [];
      return [{ declaration, path: pathOf(controller, declaration), controller: controller.name, handler }];
    });
  }

  /** Handlers without a declaration: there should be none. */
  undeclared(): UndeclaredRoute[] {
    return this.handlers()
      .filter(({ target }) => !Reflect.hasMetadata(ROUTE, target))
      .map(({ controller, handler }) => ({ controller: controller.name, handler }));
  }

  private handlers() {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as abstract new () => object;
      const prototype = controller.prototype as Prototype;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((handler) => ({ controller, handler, target: prototype[handler]! }))
        .filter(({ target }) => Reflect.hasMetadata(METHOD_METADATA, target));
    });
  }
}
