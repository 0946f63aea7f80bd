package io.millrace.api.function;

/**
 * Marks sinks, sink functions and sources of which several attempts of a subtask may run at once. A
 * batch job tries slow subtasks a second time ({@code execution.batch.speculative.enabled}) only if
 * what is in them has this mark.
 *
 * <p>Of a sink it says that what each attempt writes goes nowhere unless it is committed, or may be
 * written twice. Of a source it says that reading a split twice gives the same records and changes
 * nothing outside, and that its readers and its enumerator send each other no events of their own,
 * or that the enumerator tells attempts apart ({@link
 * io.millrace.api.source.SupportsHandleExecutionAttemptSourceEvent}): an attempt beside the first
 * one reads the splits that this one was given, and any other enumerator does not hear of it.
 */
public interface SupportsConcurrentExecutionAttempts {}
