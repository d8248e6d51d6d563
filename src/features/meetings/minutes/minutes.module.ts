import { Module } from '@nestjs/common';
import { MinutesController } from './minutes.controller.js';
import { MinutesArchive } from './minutes-archive.js';
import { MinutesItemsController } from './minutes-items.controller.js';
import { MinutesNotices } from './minutes-notices.js';
import { MinutesReader } from './minutes-reader.js';
import { MinutesSigning } from './minutes-signing.js';
import { MinutesVerifications } from './minutes-verification.js';
import { MinutesVersions } from './minutes-versions.js';
import { SealKeeper } from './seal-keeper.js';
import { SealWords } from './seal-words.js';

@Module({
  controllers: [MinutesItemsController, MinutesController],
  providers: [
    ...[MinutesReader, MinutesSigning, MinutesArchive, MinutesVersions, MinutesVerifications],
    ...[SealKeeper, SealWords, MinutesNotices],
  ],
  exports: [MinutesReader],
})
export class MinutesModule {}
