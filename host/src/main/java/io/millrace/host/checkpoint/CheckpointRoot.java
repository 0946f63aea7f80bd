package io.millrace.host.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.Config;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.runtime.plan.JobGraph;

/** The directory under which a job's checkpoints lie, as its options say. Stateless. */
public final class CheckpointRoot {
    private CheckpointRoot() {}

    /**
     * The job with a directory, if it takes checkpoints: so workers, leaders and tools look at the
     * same place.
     *
     * @param otherwise for a job that names none
     */
    public static JobGraph in(JobGraph graph, String otherwise) {
        boolean named = Config.of(graph.config()).contains(CheckpointOptions.DIRECTORY);
        return named || !CheckpointPolicy.of(graph).isEnabled()
                ? graph
                : graph.with(CheckpointOptions.DIRECTORY.key(), otherwise);
    }
}
