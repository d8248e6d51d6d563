/**
 * Jest cannot `require` an ES module that is still being loaded. @nestjs/throttler is CommonJS and requires Nest, which
 * is not, so Nest is loaded before the test and whatever it imports.
 */
import '@nestjs/common';
import '@nestjs/core';
