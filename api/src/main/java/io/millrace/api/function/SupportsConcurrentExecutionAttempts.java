package io.millrace.api.function;

/**
 * Marks sinks, and sink functions, of which several attempts of a subtask may run at once: what
 * each of them writes goes nowhere unless it is committed, or may be written twice. A batch job
 * tries slow subtasks with a sink a second time ({@code execution.batch.speculative.enabled}) only
 * if it has this mark. Sources need no mark: their subtasks are never tried twice at a time.
 */
public interface SupportsConcurrentExecutionAttempts {}
