package io.millrace.api.function;

/**
 * Marks sources and sinks of which several attempts may run at once. Without effect today: a new
 * attempt begins when the one before has ended.
 */
public interface SupportsConcurrentExecutionAttempts {}
