package io.millrace.runtime.chunk;

/** What moves through a channel, in order: chunks of records and control events between them. */
public sealed interface Item permits RecordChunk, ControlEvent {}
