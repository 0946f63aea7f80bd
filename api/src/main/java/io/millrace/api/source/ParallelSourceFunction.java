package io.millrace.api.source;

/**
 * A source function that runs in as many subtasks as its parallelism says.
 *
 * @deprecated use a {@link Source}
 */
@Deprecated
public interface ParallelSourceFunction<OUT> extends SourceFunction<OUT> {}
