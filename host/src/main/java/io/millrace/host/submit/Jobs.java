package io.millrace.host.submit;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The jobs of a coordinator, as those see them who submit. Thread-safe. */
public interface Jobs {
    /**
     * Returns when the job has been accepted: from then on it outlives the coordinator.
     *
     * @throws io.millrace.api.error.MillraceException if it is not accepted
     */
    void submit(JobGraph graph);

    /**
     * As {@link #submit(JobGraph)}.
     *
     * @param inputHosts that have the most of what the job's sources read, the best first; may be
     *     empty
     */
    default void submit(JobGraph graph, List<String> inputHosts) {
        submit(graph);
    }

    /** A program that runs again has come to a job that an earlier leader accepted. */
    default void metAgain(JobGraph graph) {}

    /**
     * Completes when the job has ended, however it ended; exceptionally if nobody here will know.
     */
    CompletableFuture<JobResult> result(JobId jobId);

    /** The latest published view; holds a job from its acceptance on. */
    ClusterView view();

    /**
     * Asks for a cancellation; the job's result shows when it is done.
     *
     * @param who for the record
     */
    void cancel(JobId jobId, String who);

    /**
     * Asks for an operation, whose id may be known already.
     *
     * @return completes when it is over, however it ended; exceptionally if nobody here will know
     */
    CompletableFuture<OperationView> operate(Operation operation);
}
