/**
 * What a user writes: functions, the context they are given, and the collector they emit to. A
 * function is serialized with the job and runs confined to one task; the contexts are the engine's.
 */
package io.millrace.api.function;
