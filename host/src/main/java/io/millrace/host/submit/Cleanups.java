package io.millrace.host.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.sink.InitContext;
import io.millrace.api.sink.SinkWriterOperator;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.api.stream.JobID;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.host.usercode.CalledOnce;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.RecoverySettings;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.message.FailureReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the sinks of a job remove what its attempts left outside, after the job has ended and before
 * its program hears of it. Immutable; sinks are asked on a thread of their own.
 *
 * <p>A job that has claimed the checkpoint of an earlier one tidies up after that one, too, once
 * nobody can start from that checkpoint any more: who died could not do it.
 */
final class Cleanups {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanups.class);

    private final String jobName;
    private final RecoverySettings recovery;
    private final ClassLoader user;
    private final Map<StreamNode, SupportsCleanup> sinks = new LinkedHashMap<>();

    /**
     * @param user the context class loader while sinks are asked
     */
    Cleanups(StreamGraph graph, ClassLoader user) {
        this.jobName = graph.jobName();
        this.recovery = RecoverySettings.from(graph.config());
        this.user = user;
        for (StreamNode node : graph.nodes()) {
            if (SinkWriterOperator.sinkOf(node.spec()) instanceof SupportsCleanup sink) {
                sinks.put(node, sink);
            }
        }
    }

    /** The same result, once the sinks are done. A sink that fails is logged: the job has ended. */
    CompletableFuture<JobResult> after(CompletableFuture<JobResult> ended) {
        return sinks.isEmpty() ? ended : ended.thenApplyAsync(this::cleanUp, this::onOwnThread);
    }

    private void onOwnThread(Runnable cleanUp) {
        Thread thread = new Thread(cleanUp, "cleanup-" + jobName);
        thread.setDaemon(true);
        thread.setContextClassLoader(user);
        thread.start();
    }

    private JobResult cleanUp(JobResult result) {
        if (hasUncommitted(result.failure())) {
            LOG.warn(
                    "Output that is not committed stays where sinks have prepared it. job={}"
                            + " failure={}",
                    result.jobId(),
                    result.failure().code());
            return result;
        }
        cleanUp(JobID.fromHexString(result.jobId().hex()));
        predecessor(result.outcome()).ifPresent(this::cleanUp);
        return result;
    }

    /** Whether the job ended because a commit failed, which somebody may still repeat. */
    private static boolean hasUncommitted(FailureReport failure) {
        return failure != null
                && (failure.code() == ErrorCode.COMMIT_FAILED
                        || failure.code() == ErrorCode.DATA_LOSS);
    }

    private void cleanUp(JobID jobId) {
        sinks.forEach(
                (node, sink) -> {
                    try {
                        sink.cleanUp(
                                new CleanupContext(
                                        new CalledOnce(
                                                jobId,
                                                jobName,
                                                node.name(),
                                                node.maxParallelism())));
                    } catch (Exception e) { // user code
                        LOG.warn(
                                "A sink could not remove what attempts left. job={} sink={}",
                                jobId,
                                node.name(),
                                e);
                    }
                });
    }

    /** The job whose claimed checkpoint is of no use any more; its output is committed. */
    private Optional<JobID> predecessor(Outcome outcome) {
        if (!recovery.claims() || recovery.path().isEmpty()) {
            return Optional.empty();
        }
        try {
            SavedCheckpoint claimed = SavedCheckpoint.at(new Path(recovery.path().get()));
            CheckpointDirectory directory = claimed.directory();
            boolean over =
                    outcome == Outcome.FINISHED || !directory.files().exists(claimed.manifest());
            return over
                    ? Optional.of(JobID.fromHexString(directory.jobId().hex()))
                    : Optional.empty();
        } catch (IOException | MillraceException e) {
            LOG.warn("What an earlier job staged is left. checkpoint={}", recovery.path().get(), e);
            return Optional.empty();
        }
    }

    /** What a sink sees of its job. Immutable. */
    private record CleanupContext(CalledOnce once) implements InitContext {
        @Override
        public JobInfo getJobInfo() {
            return once;
        }

        @Override
        public TaskInfo getTaskInfo() {
            return once;
        }
    }
}
