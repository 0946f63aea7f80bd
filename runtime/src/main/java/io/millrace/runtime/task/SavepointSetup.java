package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.FileSettings;
import io.millrace.runtime.checkpoint.SavepointSettings;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.plan.JobGraph;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a worker knows of a job that its savepoints need. Immutable.
 *
 * @param graph names operators and their parallelism
 * @param local a directory of this job and worker on a local disk, which need not be there
 * @param files how files of segments are written, those of checkpoints too
 * @param tables who writes tables; asked when there are some to write
 */
record SavepointSetup(
        JobGraph graph,
        Path local,
        SavepointSettings settings,
        FileSettings files,
        Supplier<Optional<SavepointTables>> tables) {}
