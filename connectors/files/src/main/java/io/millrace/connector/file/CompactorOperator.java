package io.millrace.connector.file;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.ChainingStrategy;
import io.millrace.api.operator.EndsLater;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableSummary;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.connector.file.compactor.FileCompactor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Puts files together on threads of its own and passes on what has become of them. What is not done
 * at a barrier is part of the snapshot, and begun anew by whoever restores it. Confined to its
 * task, but for the threads, which see one request each.
 */
final class CompactorOperator<IN>
        extends AbstractStreamOperator<CommittableMessage<FileSinkCommittable>>
        implements OneInputStreamOperator<
                        CommittableMessage<CompactRequest>,
                        CommittableMessage<FileSinkCommittable>>,
                BoundedOneInput,
                EndsLater {
    private static final long serialVersionUID = 1L;

    private final FileSinkSettings<IN, ?> settings;

    /** Null if no files are put together any more. */
    private final FileCompactor compactor;

    private final int threads;
    private transient SavedMessages<CompactRequest> saved;
    private transient List<Compacting> compacting;
    private transient ExecutorService pool; // null until opened
    private transient MailboxExecutor mailbox;
    private transient FileCompaction<IN> compaction;

    /** A request and what comes of it. */
    private record Compacting(
            CommittableWithLineage<CompactRequest> request, Future<FileSinkCommittable> result) {}

    /**
     * @param compactor null to pass everything on as it is
     */
    CompactorOperator(FileSinkSettings<IN, ?> settings, FileCompactor compactor, int threads) {
        this.settings = settings;
        this.compactor = compactor;
        this.threads = threads;
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = new SavedMessages<>(context, "requests", new CompactRequest.Serializer());
        compacting = new ArrayList<>();
    }

    @Override
    public void open() throws Exception {
        super.open();
        mailbox = getContainingTask().writerContext().getMailboxExecutor();
        compaction =
                new FileCompaction<>(
                        settings,
                        compactor,
                        Staging.directory(
                                settings.output(), getRuntimeContext().getJobInfo().getJobId()));
        String name = "compactor-" + getContainingTask().getName();
        ClassLoader loader = getUserCodeClassloader();
        pool =
                Executors.newFixedThreadPool(
                        threads,
                        work -> {
                            Thread thread = new Thread(work, name);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(loader);
                            return thread;
                        });
        for (SavedMessages.Saved<CompactRequest> each : saved.restored()) {
            begin(each.message());
        }
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<CompactRequest>> element)
            throws Exception {
        if (element.getValue() instanceof CommittableWithLineage<CompactRequest> request) {
            if (compactor == null || request.getCommittable().files().size() == 1) {
                passOn(request);
            } else {
                begin(request);
            }
        }
    }

    private void begin(CommittableWithLineage<CompactRequest> request) {
        if (compactor == null) {
            // Left by a checkpoint: nothing may go out before the task runs.
            compacting.add(new Compacting(request, null));
            mailbox.execute(this::takeDone, "files that stay as they are");
            return;
        }
        CompletableFuture<FileSinkCommittable> result = new CompletableFuture<>();
        compacting.add(new Compacting(request, result));
        pool.execute(
                () -> {
                    try {
                        result.complete(compaction.compact(request.getCommittable().files()));
                    } catch (Throwable e) { // the top of this thread
                        result.completeExceptionally(e);
                    }
                    // Only now, so that the task finds it done.
                    tellTask();
                });
    }

    private void tellTask() {
        try {
            mailbox.execute(this::takeDone, "files that were put together");
        } catch (RejectedExecutionException over) {
            LOG.debug("The task has ended: its files are left to the next attempt.", over);
        }
    }

    /** Passes on what is done; what has failed fails the task. */
    private void takeDone() throws Exception {
        Iterator<Compacting> each = compacting.iterator();
        while (each.hasNext()) {
            Compacting one = each.next();
            if (one.result() == null) {
                each.remove();
                passOn(one.request());
            } else if (one.result().isDone()) {
                each.remove();
                emit(one);
            }
        }
    }

    private void emit(Compacting done) throws Exception {
        FileSinkCommittable file;
        try {
            file = done.result().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
        if (file != null) {
            emit(file, done.request().getCheckpointId());
        }
    }

    private void passOn(CommittableWithLineage<CompactRequest> request) {
        for (FileSinkCommittable file : request.getCommittable().files()) {
            emit(file, request.getCheckpointId());
        }
    }

    private void emit(FileSinkCommittable file, long checkpointId) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        output.collect(
                new StreamRecord<>(
                        new CommittableSummary<>(
                                subtask, task.getNumberOfParallelSubtasks(), checkpointId, 1, 0)));
        output.collect(
                new StreamRecord<>(new CommittableWithLineage<>(file, checkpointId, subtask)));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        takeDone();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<SavedMessages.Saved<CompactRequest>> all = new ArrayList<>();
        compacting.forEach(each -> all.add(new SavedMessages.Saved<>(0, each.request())));
        saved.save(all);
    }

    @Override
    public boolean mayEnd() throws Exception {
        takeDone();
        return compacting.isEmpty();
    }

    @Override
    public void endInput() throws Exception {
        for (Compacting each : compacting) {
            if (each.result() == null) {
                passOn(each.request());
            } else {
                emit(each); // waits: only where the job ends with a savepoint
            }
        }
        compacting.clear();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        emit(
                Staging.ended(
                        settings.output(),
                        getRuntimeContext().getJobInfo().getJobId(),
                        task.getIndexOfThisSubtask(),
                        task.getNumberOfParallelSubtasks()),
                Long.MAX_VALUE);
    }

    @Override
    public void close() throws Exception {
        try {
            if (pool != null) {
                pool.shutdownNow();
            }
        } finally {
            super.close();
        }
    }
}
