import { Global, Module } from '@nestjs/common';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.js';
import { StoredKeys } from './stored-keys.js';

@Global()
@Module({ controllers: [ApiKeysController], providers: [ApiKeys, StoredKeys], exports: [StoredKeys] })
export class KeysModule {}
