package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a worker's tasks: collects what the tasks of one trigger hand over, writes it
 * into one file, and answers once for all of them. Thread-safe: every method only posts to the
 * snapshot thread, to which all state is confined.
 */
/* A task may be at a barrier before the trigger has come to its worker. What it hands over waits for the
 * trigger then, and is dropped if that never comes.
 *
 * What the snapshot thread has still to do is bounded by the checkpoints that a coordinator has under way
 * at a time and the tasks of the worker; of a job, no more than MAX_OPEN are open here.
 */
final class WorkerCheckpoints implements SnapshotDesk {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCheckpoints.class);

    /** Open checkpoints of a job; the oldest is given up for one more. */
    static final int MAX_OPEN = 16;

    private final String workerId;
    private final TaskListener listener;
    private final Executor snapshotThread;
    private final Executor tablesThread;
    private final Consumer<Throwable> fatal;
    private final OpenSavepoints savepoints = new OpenSavepoints();
    // Triggers that have not begun yet: writers of a savepoint do not rest while there are some.
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<JobId, JobCheckpoints> jobs = new HashMap<>();

    /** Those of one job. */
    private static final class JobCheckpoints {
        private final NavigableMap<Long, WorkerSnapshot> open = new TreeMap<>();
        private final OverIds over = new OverIds();
        // Files that a checkpoint refers to which may become the latest complete one.
        private final NavigableMap<Long, Set<String>> answered = new TreeMap<>();
        private LocalCopies copies = LocalCopies.NONE;

        void answered(long checkpointId, List<TaskSnapshot> tasks) {
            answered.put(checkpointId, filesOf(tasks));
        }

        void completed(long checkpointId) {
            answered.headMap(checkpointId, false).clear();
            Set<String> needed = new HashSet<>();
            answered.values().forEach(needed::addAll);
            copies.retain(needed);
        }

        private static Set<String> filesOf(List<TaskSnapshot> tasks) {
            Set<String> files = new HashSet<>();
            for (TaskSnapshot task : tasks) {
                task.segments().forEach(segment -> files.add(segment.file()));
            }
            return files;
        }
    }

    /**
     * @param snapshotThread runs one thing at a time, in order
     * @param tablesThread makes tables of savepoints, which takes long
     * @param fatal told what this process should not survive
     */
    WorkerCheckpoints(
            String workerId,
            TaskListener listener,
            Executor snapshotThread,
            Executor tablesThread,
            Consumer<Throwable> fatal) {
        this.workerId = workerId;
        this.listener = listener;
        this.snapshotThread = snapshotThread;
        this.tablesThread = tablesThread;
        this.fatal = fatal;
    }

    private void post(Runnable action) {
        post(snapshotThread, action);
    }

    private void post(Executor thread, Runnable action) {
        thread.execute(
                () -> {
                    try {
                        action.run();
                    } catch (Throwable e) {
                        fatal.accept(e);
                    }
                });
    }

    /**
     * Expects an answer of each task of the trigger, before these are told of it.
     *
     * @param directory where the worker's file goes; null if the job has none
     */
    void begin(TriggerCheckpoint trigger, CheckpointDirectory directory) {
        begin(trigger, directory, LocalCopies.NONE, SegmentFile.Use.KEPT);
    }

    /**
     * The same with copies on this worker's disk, of which those of the latest complete checkpoint
     * stay.
     *
     * @param copies of the job; closed with it
     * @param use of the file
     */
    void begin(
            TriggerCheckpoint trigger,
            CheckpointDirectory directory,
            LocalCopies copies,
            SegmentFile.Use use) {
        waiting.incrementAndGet();
        post(
                () -> {
                    waiting.decrementAndGet();
                    onBegin(trigger, directory, copies, use);
                });
    }

    /**
     * The same for a savepoint, which goes where the trigger says.
     *
     * @param setup null if the job is not known here
     */
    void beginSavepoint(TriggerCheckpoint trigger, SavepointSetup setup) {
        savepoints.begin(trigger.jobId(), trigger.checkpointId());
        post(() -> onBegin(trigger, setup));
    }

    @Override
    public void onCut(AttemptId attempt, long checkpointId, TaskCut cut) {
        post(() -> onTaskCut(attempt, checkpointId, cut));
    }

    @Override
    public void onDeclined(AttemptId attempt, long checkpointId, FailureReport cause) {
        post(() -> decline(attempt.jobId(), checkpointId, attempt, cause));
    }

    /** A task has ended, or was not there; the coordinator has been told before. */
    void onTaskEnded(AttemptId attempt, TaskState state) {
        post(() -> onEnded(attempt, state));
    }

    /** A checkpoint is complete, or will never be. */
    void onCheckpointEnded(JobId jobId, long checkpointId, boolean complete) {
        savepoints.end(jobId, checkpointId);
        post(
                () -> {
                    JobCheckpoints job = job(jobId);
                    if (complete) {
                        job.open.headMap(checkpointId, true).values().forEach(WorkerSnapshot::drop);
                        job.open.headMap(checkpointId, true).clear();
                        job.over.addUpTo(checkpointId);
                        job.completed(checkpointId);
                    } else {
                        job.answered.remove(checkpointId);
                        drop(job, checkpointId);
                    }
                });
    }

    /** The job has no tasks here any more. */
    void releaseJob(JobId jobId) {
        savepoints.endAll(jobId);
        post(
                () -> {
                    JobCheckpoints job = jobs.remove(jobId);
                    if (job != null) {
                        job.open.values().forEach(WorkerSnapshot::drop);
                        job.copies.close();
                    }
                });
    }

    private JobCheckpoints job(JobId jobId) {
        return jobs.computeIfAbsent(jobId, id -> new JobCheckpoints());
    }

    private void onBegin(
            TriggerCheckpoint trigger,
            CheckpointDirectory directory,
            LocalCopies copies,
            SegmentFile.Use use) {
        begin(
                trigger,
                (job, snapshot) -> {
                    if (directory == null) {
                        throw new MillraceException(
                                ErrorCode.INVALID_OPTION,
                                "the job has no directory for its checkpoints. Set"
                                        + " 'execution.checkpointing.dir', to such as"
                                        + " hdfs:///checkpoints.");
                    }
                    job.copies = copies;
                    snapshot.begin(
                            trigger,
                            new SegmentFile(
                                    directory,
                                    trigger.directoryNumber(),
                                    trigger.checkpointId(),
                                    workerId,
                                    copies,
                                    trigger.mostInManifestBytes(),
                                    use));
                });
    }

    private void onBegin(TriggerCheckpoint trigger, SavepointSetup setup) {
        begin(
                trigger,
                (job, snapshot) -> {
                    if (setup == null) {
                        throw new MillraceException(
                                ErrorCode.WORKER_LOST,
                                "the job has no tasks on worker " + workerId + " any more.");
                    }
                    SnapshotPace pace = paceOf(trigger, setup);
                    if (trigger.savepoint().asTables()) {
                        snapshot.begin(
                                trigger,
                                new ShareWriting(
                                        trigger,
                                        setup,
                                        workerId,
                                        pace,
                                        action -> post(tablesThread, action)));
                    } else {
                        snapshot.begin(
                                trigger,
                                new SegmentFile(
                                        SavepointDirectory.of(
                                                trigger.savepoint().path(), trigger.jobId()),
                                        trigger.epoch(),
                                        trigger.checkpointId(),
                                        workerId,
                                        trigger.mostInManifestBytes(),
                                        setup.files().savepoints(),
                                        pace.begin(1)));
                    }
                });
    }

    private SnapshotPace paceOf(TriggerCheckpoint trigger, SavepointSetup setup) {
        return setup.settings()
                .pace(
                        trigger.purpose(),
                        () -> waiting.get() > 0,
                        () -> !savepoints.isOpen(trigger.jobId(), trigger.checkpointId()));
    }

    /** How a snapshot begins. */
    @FunctionalInterface
    private interface Beginning {
        void of(JobCheckpoints job, WorkerSnapshot snapshot) throws IOException;
    }

    private void begin(TriggerCheckpoint trigger, Beginning beginning) {
        FaultPoint.SNAPSHOT_TRIGGERED.hit();
        long id = trigger.checkpointId();
        JobCheckpoints job = job(trigger.jobId());
        if (job.over.contains(id)) {
            return;
        }
        WorkerSnapshot snapshot = open(trigger.jobId(), job, id);
        try {
            beginning.of(job, snapshot);
        } catch (IOException | RuntimeException e) {
            decline(trigger.jobId(), id, null, report(e));
            return;
        }
        answerIfWhole(trigger.jobId(), snapshot);
    }

    private WorkerSnapshot open(JobId jobId, JobCheckpoints job, long id) {
        WorkerSnapshot snapshot = job.open.computeIfAbsent(id, WorkerSnapshot::new);
        if (job.open.size() > MAX_OPEN) {
            long oldest = job.open.firstKey();
            LOG.warn("Gave up a checkpoint that nobody ended: job={} id={}", jobId, oldest);
            drop(job, oldest);
        }
        return snapshot;
    }

    private void onTaskCut(AttemptId attempt, long checkpointId, TaskCut cut) {
        JobCheckpoints job = job(attempt.jobId());
        if (job.over.contains(checkpointId)) {
            cut.close();
            return;
        }
        WorkerSnapshot snapshot = open(attempt.jobId(), job, checkpointId);
        if (job.over.contains(checkpointId)) {
            cut.close();
            return;
        }
        try {
            snapshot.add(attempt, cut);
        } catch (IOException | RuntimeException e) {
            decline(attempt.jobId(), checkpointId, attempt, report(e));
            return;
        }
        answerIfWhole(attempt.jobId(), snapshot);
    }

    private void onEnded(AttemptId attempt, TaskState state) {
        JobCheckpoints job = jobs.get(attempt.jobId());
        if (job == null) {
            return;
        }
        for (WorkerSnapshot snapshot : new ArrayList<>(job.open.values())) {
            if (!snapshot.awaits(attempt)) {
                continue;
            }
            if (state == TaskState.FINISHED) {
                snapshot.addFinished(attempt);
                answerIfWhole(attempt.jobId(), snapshot);
            } else {
                decline(
                        attempt.jobId(),
                        snapshot.checkpointId(),
                        attempt,
                        report(
                                new MillraceException(
                                        ErrorCode.WORKER_LOST,
                                        "task "
                                                + attempt
                                                + " is "
                                                + state
                                                + " and cannot take part in checkpoint "
                                                + snapshot.checkpointId()
                                                + ".")));
            }
        }
    }

    private void answerIfWhole(JobId jobId, WorkerSnapshot snapshot) {
        if (!snapshot.isWhole() || snapshot.isWritingShare()) {
            return;
        }
        List<TaskSnapshot> tasks = snapshot.tasks();
        Optional<StoredFile> file;
        try {
            file = snapshot.finish();
        } catch (IOException | RuntimeException e) {
            decline(jobId, snapshot.checkpointId(), null, report(e));
            return;
        }
        if (snapshot.share() != null && snapshot.share().hasTables(file)) {
            snapshot.beginWritingShare();
            post(tablesThread, () -> writeShare(jobId, snapshot, tasks, file));
            return;
        }
        FaultPoint.SNAPSHOT_FILE_CLOSED.hit();
        answer(jobId, snapshot.checkpointId(), tasks, file.orElse(null));
    }

    private void answer(JobId jobId, long checkpointId, List<TaskSnapshot> tasks, StoredFile file) {
        JobCheckpoints job = job(jobId);
        job.open.remove(checkpointId);
        job.over.add(checkpointId);
        savepoints.end(jobId, checkpointId);
        job.answered(checkpointId, tasks);
        listener.tell(new ToCoordinator.CheckpointAcked(jobId, checkpointId, tasks, file));
    }

    /** On the thread of tables. */
    private void writeShare(
            JobId jobId,
            WorkerSnapshot snapshot,
            List<TaskSnapshot> tasks,
            Optional<StoredFile> file) {
        long id = snapshot.checkpointId();
        ShareWriting share = snapshot.share();
        try {
            ShareWriting.Written written = share.write(tasks, file);
            post(
                    () -> {
                        if (savepoints.isOpen(jobId, id)) {
                            answer(jobId, id, written.tasks(), written.file());
                        } else {
                            post(tablesThread, () -> share.remove(written));
                        }
                    });
        } catch (IOException | RuntimeException e) {
            post(
                    () -> {
                        if (savepoints.isOpen(jobId, id)) {
                            decline(jobId, id, null, report(e));
                        }
                    });
        }
    }

    /** Tells the coordinator, once, and forgets what there was. */
    private void decline(JobId jobId, long checkpointId, AttemptId attempt, FailureReport cause) {
        JobCheckpoints job = job(jobId);
        if (job.over.contains(checkpointId)) {
            return;
        }
        LOG.warn(
                "Declined a checkpoint: job={} id={} cause=\"{}\"",
                jobId,
                checkpointId,
                cause.headline());
        savepoints.end(jobId, checkpointId);
        drop(job, checkpointId);
        listener.tell(new ToCoordinator.CheckpointDeclined(jobId, checkpointId, attempt, cause));
    }

    private void drop(JobCheckpoints job, long checkpointId) {
        job.over.add(checkpointId);
        WorkerSnapshot snapshot = job.open.remove(checkpointId);
        if (snapshot != null) {
            snapshot.drop();
        }
    }

    private FailureReport report(Exception cause) {
        return FailureReports.of(
                cause instanceof IOException failed ? unwritable(failed) : cause,
                "worker " + workerId);
    }

    private static MillraceException unwritable(IOException cause) {
        return cause instanceof AccessDeniedException
                ? new MillraceException(
                        ErrorCode.PERMISSION_DENIED,
                        "no permission to write the file of a checkpoint as user '"
                                + System.getProperty("user.name")
                                + "' ("
                                + cause.getMessage()
                                + "). Check owner and mode of the directory of checkpoints.",
                        cause)
                : new MillraceException(
                        ErrorCode.STORAGE_FAILED,
                        "the file of a checkpoint cannot be written: " + cause.getMessage(),
                        cause);
    }
}
