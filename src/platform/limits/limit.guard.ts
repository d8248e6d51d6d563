import { createHmac } from 'node:crypto';
import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { countedAddress, plainAddress } from '../../infra/http/client-address.js';
import { type PortalRequest, ROUTE, type RouteDeclaration } from '../../infra/http/route.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { problem } from '../../kernel/problems.js';

/**
 * Counts the requests to routes that take credentials or send mail, and refuses those above the limit. It stands
 * before the route's guard, so that a request counts whatever is in it: nothing of body, query or headers gives a
 * client another counter (hardening D65, D66). Other routes pass without being counted.
 */
@Injectable()
export class LimitGuard extends ThrottlerGuard {
  private readonly key: Buffer;

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    @Inject(CONFIG) { secretKey }: Config,
  ) {
    super(options, storage, reflector);
    this.key = derivedKey(secretKey, 'throttling');
  }

  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    return !this.routeOf(context)?.limited;
  }

  /** The address that the connection or a trusted proxy states; IPv6 by the network. */
  protected override async getTracker(request: PortalRequest): Promise<string> {
    return countedAddress(plainAddress(request.ip));
  }

  protected override generateKey(context: ExecutionContext, tracker: string): string {
    const text = `${this.routeOf(context)!.operation}\n${tracker}`;
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): never {
    throw problem('request.too-many', { headers: { 'Retry-After': String(detail.timeToBlockExpire) } });
  }

  private routeOf(context: ExecutionContext): RouteDeclaration | undefined {
    return this.reflector.get<RouteDeclaration | undefined>(ROUTE, context.getHandler());
  }
}
