/** The smallest Nest application that answers a request: what the start of the portal is compared with. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class ReadyController {
  ready() {
    return { status: 'ready' };
  }
}
const descriptor = Object.getOwnPropertyDescriptor(ReadyController.prototype, 'ready');
Get('ready')(ReadyController.prototype, 'ready', descriptor);
Controller()(ReadyController);

class BareModule {}
Module({ controllers: [ReadyController] })(BareModule);

const app = await NestFactory.create(BareModule, { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
