package io.millrace.host.checkpoint;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointStore;
import io.millrace.runtime.checkpoint.JobMarker;
import io.millrace.runtime.checkpoint.PointerStore;
import io.millrace.runtime.plan.JobGraph;

/**
 * Where an application's checkpoints lie. Confined to the storage thread, but for the components.
 *
 * @param pointers closed with this
 * @param root of the checkpoints of jobs that name none
 * @param owner names the application in the directories of its jobs
 * @param epoch of this leader
 */
public record CheckpointPlaces(PointerStore pointers, String root, String owner, long epoch)
        implements AutoCloseable {

    static boolean hasPlace(JobGraph graph) {
        return Config.of(graph.config()).contains(CheckpointOptions.DIRECTORY);
    }

    /**
     * @throws MillraceException of {@link CheckpointStore#open}
     */
    CheckpointStore open(JobGraph graph) {
        String directory =
                Config.of(graph.config())
                        .find(CheckpointOptions.DIRECTORY)
                        .orElseThrow(
                                () ->
                                        new MillraceException(
                                                ErrorCode.INVALID_OPTION,
                                                "job '"
                                                        + graph.name()
                                                        + "' takes checkpoints, but '"
                                                        + CheckpointOptions.DIRECTORY.key()
                                                        + "' is not set."));
        return CheckpointStore.open(
                CheckpointDirectory.of(new Path(directory), graph.jobId()),
                pointers,
                epoch,
                new JobMarker(
                        graph.jobId().hex(), graph.name(), owner, System.currentTimeMillis()));
    }

    @Override
    public void close() {
        pointers.close();
    }
}
