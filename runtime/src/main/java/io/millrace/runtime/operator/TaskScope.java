package io.millrace.runtime.operator;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobVertex;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the operators of one task share. Immutable.
 *
 * @param config the job's options
 * @param host the name of the worker's host
 * @param toCoordinator takes what sources have to say; never waits
 * @param spillDirectory a directory of this task's own; made by who writes first, removed by the
 *     task
 * @param restored what the attempt begins with
 * @param services what functions may use of their task
 * @param clockMs wall-clock time in milliseconds since the epoch
 */
public record TaskScope(
        AttemptId attempt,
        String jobName,
        ExecutionMode mode,
        JobVertex vertex,
        Config config,
        boolean objectReuse,
        ClassLoader userLoader,
        String host,
        Consumer<ToCoordinator> toCoordinator,
        Path spillDirectory,
        RestoredState restored,
        TaskServices services,
        LongSupplier clockMs) {}
