package io.millrace.api.stream;

/**
 * How records were exchanged in programs of bounded data.
 *
 * @deprecated use {@code setRuntimeMode}
 */
@Deprecated
public enum ExecutionMode {
    PIPELINED,
    PIPELINED_FORCED,
    BATCH,
    BATCH_FORCED
}
