package io.millrace.host.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.Path;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.CheckpointFiles;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.CheckpointStore;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of all jobs on storage. Confined to the coordinator's thread; no method waits.
 * The work is done on the thread {@code checkpoint-storage}, one thing after another, and its
 * results come back through {@code events}.
 *
 * <p>Where it cannot be told whether a pointer was written, or somebody else leads, there is no
 * result: the process must end, and the next leader sees what holds.
 */
public final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long CLOSE_MS = 10_000;

    private final CheckpointPlaces places;
    private final Consumer<Event> events;
    private final Consumer<Throwable> fatal;
    private final ScheduledThreadPoolExecutor thread;
    private final BackgroundVerification verification;

    // Confined to the storage thread.
    private final Map<JobId, CheckpointStore> stores = new HashMap<>();
    private final Map<JobId, String> origins = new HashMap<>(); // that forks may have marked

    /**
     * @param events takes the results; called on the storage thread, must not wait
     * @param fatal ends the leader; called on the storage thread
     */
    public Checkpoints(CheckpointPlaces places, Consumer<Event> events, Consumer<Throwable> fatal) {
        this.places = places;
        this.events = events;
        this.fatal = fatal;
        this.verification = new BackgroundVerification(events);
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        body -> {
                            Thread made = new Thread(body, "checkpoint-storage");
                            made.setDaemon(true);
                            return made;
                        });
    }

    private void post(Runnable work) {
        try {
            thread.execute(
                    () -> {
                        try {
                            work.run();
                        } catch (Throwable e) { // the top of this thread
                            fatal.accept(e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped work on checkpoints: the leader ends.");
        }
    }

    /** Ends in one {@link Event.CheckpointsRead}. */
    public void read(Effect.ReadCheckpoints effect) {
        post(() -> events.accept(onRead(effect.graph(), effect.from())));
    }

    private Event onRead(JobGraph graph, String from) {
        try {
            if (from != null) {
                origins.put(graph.jobId(), from);
            }
            if (CheckpointPlaces.hasPlace(graph)) {
                CheckpointStore store = storeOf(graph);
                Pointer pointer = store.pointer();
                if (pointer != null) {
                    List<Event.FoundCheckpoint> found = found(store, pointer);
                    if (found.stream().allMatch(one -> one.manifest() != null)) {
                        store.deleteOrphans(filesOf(found)); // else what is needed is not known
                    }
                    if (found.stream()
                            .allMatch(
                                    one ->
                                            one.manifest() != null
                                                    && one.manifest().standsAlone())) {
                        needNoOrigin(graph.jobId()); // a leader before had perhaps no time for it
                    }
                    FaultPoint.RECOVERY_CHECKPOINTS_READ.hit();
                    return new Event.CheckpointsRead(graph.jobId(), pointer, found, null);
                }
            }
            return new Event.CheckpointsRead(
                    graph.jobId(),
                    null,
                    from == null
                            ? List.of()
                            : List.of(ForeignCheckpoint.read(from, graph.jobId(), places.owner())),
                    null);
        } catch (MillraceException e) {
            return new Event.CheckpointsRead(graph.jobId(), null, List.of(), report(e));
        }
    }

    /** One that is broken, or of another version, does not keep the others from being found. */
    private static List<Event.FoundCheckpoint> found(CheckpointStore store, Pointer pointer) {
        List<Event.FoundCheckpoint> found = new ArrayList<>();
        for (CheckpointRecord record : pointer.retained()) {
            try {
                found.add(new Event.FoundCheckpoint(record, store.read(record), null));
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT
                        && e.code() != ErrorCode.CHECKPOINT_INCOMPATIBLE) {
                    throw e;
                }
                LOG.error(
                        "A checkpoint cannot be read. job={} checkpoint={}",
                        pointer.jobId(),
                        record.checkpointId(),
                        e);
                found.add(new Event.FoundCheckpoint(record, null, report(e)));
            }
        }
        return found;
    }

    private static List<CheckpointFiles> filesOf(List<Event.FoundCheckpoint> found) {
        List<CheckpointFiles> files = new ArrayList<>();
        found.forEach(one -> files.add(CheckpointFiles.of(one.manifest())));
        return files;
    }

    /** Ends in one {@link Event.CheckpointStored}, or in the end of the leader. */
    public void store(Effect.StoreCheckpoint effect) {
        post(() -> onStore(effect));
    }

    private void onStore(Effect.StoreCheckpoint effect) {
        Manifest manifest = effect.manifest();
        JobId jobId = effect.graph().jobId();
        try {
            CheckpointStore store = storeOf(effect.graph());
            CheckpointRecord record = store.write(manifest);
            List<CheckpointRecord> retained = new ArrayList<>(effect.keep());
            retained.add(record);
            store.publish(
                    new Pointer(
                            jobId.hex(),
                            effect.graph().name(),
                            store.directory().path().toString(),
                            effect.highestId(),
                            retained));
            LOG.info(
                    "Checkpoint completed. job={} checkpoint={} bytes={} committables={}",
                    jobId,
                    manifest.checkpointId(),
                    manifest.totalBytes(),
                    manifest.committables().size());
            events.accept(new Event.CheckpointStored(jobId, manifest.checkpointId(), record, null));
            if (manifest.standsAlone()) {
                needNoOrigin(jobId);
            }
            verification.completed(effect.graph(), store.directory(), manifest, retained);
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.LEADERSHIP_LOST) {
                throw e;
            }
            LOG.warn(
                    "A checkpoint could not be stored. job={} checkpoint={}",
                    jobId,
                    manifest.checkpointId(),
                    e);
            events.accept(
                    new Event.CheckpointStored(jobId, manifest.checkpointId(), null, report(e)));
        }
    }

    /** What the job was started from may go when its own job does not need it. */
    private void needNoOrigin(JobId jobId) {
        String from = origins.remove(jobId);
        if (from != null) {
            ForkMarks.remove(new Path(from), jobId);
        }
    }

    /** A job has ended, and needs what it was started from no more. */
    public void jobEnded(JobId jobId) {
        post(() -> needNoOrigin(jobId));
    }

    public void delete(Effect.DeleteCheckpointFiles effect) {
        post(() -> onDelete(effect));
    }

    private void onDelete(Effect.DeleteCheckpointFiles effect) {
        try {
            CheckpointStore store = storeOf(effect.graph());
            effect.abandoned().forEach(store::abort);
            if (!effect.garbage().isEmpty()) {
                store.delete(effect.garbage());
            }
        } catch (MillraceException e) {
            LOG.warn("Files of checkpoints are left. job={}", effect.graph().jobId(), e);
        }
    }

    public void forget(Effect.ForgetCheckpoints effect) {
        post(() -> onForget(effect.graph()));
    }

    private void onForget(JobGraph graph) {
        verification.forget(graph.jobId());
        try {
            storeOf(graph).deleteAll();
        } catch (MillraceException e) {
            LOG.warn("Checkpoints of a job that has ended are left. job={}", graph.jobId(), e);
        }
        stores.remove(graph.jobId());
    }

    public void release(Effect.ReleaseClaimed effect) {
        post(
                () ->
                        ForeignCheckpoint.release(
                                effect.jobId(), effect.path(), rootOf(effect.jobId())));
    }

    /** The directory in which this job's checkpoints lie beside those of others; of none, empty. */
    private List<Path> rootOf(JobId jobId) {
        CheckpointStore store = stores.get(jobId);
        return store == null ? List.of() : List.of(store.directory().root());
    }

    private CheckpointStore storeOf(JobGraph graph) {
        CheckpointStore store = stores.get(graph.jobId());
        if (store == null) {
            store = places.open(graph);
            stores.put(graph.jobId(), store);
        }
        return store;
    }

    private static FailureReport report(MillraceException e) {
        String prefix = e.code() + ": ";
        String message = e.getMessage();
        return new FailureReport(
                e.code(),
                message.startsWith(prefix) ? message.substring(prefix.length()) : message,
                "",
                null);
    }

    /** Waits for what is being written, but not for ever. Idempotent. */
    @Override
    public void close() {
        verification.close();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Storage does not answer; what it was asked for last is in doubt.");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        places.close();
    }
}
