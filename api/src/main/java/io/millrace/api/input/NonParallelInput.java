package io.millrace.api.input;

/** Marks an input format that makes one split, however many subtasks there are. */
public interface NonParallelInput {}
