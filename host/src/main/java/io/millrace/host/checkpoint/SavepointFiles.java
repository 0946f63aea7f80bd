package io.millrace.host.checkpoint;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Savepoints on storage. Confined to the coordinator's thread; no method waits. The work is done on
 * a thread of its own, one thing after another: a file system that hangs, which may be another one
 * than that of the checkpoints, holds up nobody else. Results come back through {@code events}.
 */
public final class SavepointFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SavepointFiles.class);
    private static final long CLOSE_MS = 10_000;
    private static final int RANDOM_BYTES = 6;

    private final Consumer<Event> events;
    private final Consumer<Throwable> fatal;
    private final Supplier<String> names;
    private final ExecutorService thread;
    private boolean prepared; // for tables

    /**
     * @param events takes the results; called on the thread of savepoints, must not wait
     * @param fatal ends the leader; called on the thread of savepoints
     */
    public SavepointFiles(Consumer<Event> events, Consumer<Throwable> fatal) {
        this(events, fatal, drawn());
    }

    /**
     * @param names gives 12 digits, other ones each time
     */
    SavepointFiles(Consumer<Event> events, Consumer<Throwable> fatal, Supplier<String> names) {
        this.events = events;
        this.fatal = fatal;
        this.names = names;
        this.thread =
                Executors.newSingleThreadExecutor(
                        body -> {
                            Thread made = new Thread(body, "savepoint-storage");
                            made.setDaemon(true);
                            return made;
                        });
    }

    private static Supplier<String> drawn() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
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
            LOG.debug("Dropped work on savepoints: the leader ends.");
        }
    }

    /**
     * Ends in one {@link Event.SavepointPlaced}. While workers write the first savepoint of tables,
     * the code that ends it is loaded: then nobody waits for that.
     */
    public void place(Effect.PlaceSavepoint effect) {
        post(() -> events.accept(onPlace(effect.jobId(), effect.operationId(), effect.target())));
        if (!prepared && effect.format() == SavepointFormatType.CANONICAL) {
            prepared = true;
            post(() -> SavepointTables.ofEngine().ifPresent(SavepointTables::prepare));
        }
    }

    private Event onPlace(JobId jobId, String operationId, String target) {
        try {
            Path chosen = SavepointDirectory.choose(new Path(target), jobId, names);
            return new Event.SavepointPlaced(jobId, operationId, chosen.toString(), null);
        } catch (MillraceException e) {
            return new Event.SavepointPlaced(jobId, operationId, null, report(e));
        } catch (IllegalArgumentException e) {
            return new Event.SavepointPlaced(
                    jobId,
                    operationId,
                    null,
                    new FailureReport(
                            ErrorCode.INVALID_OPTION,
                            "'"
                                    + target
                                    + "' is not the path of a directory: "
                                    + e.getMessage()
                                    + ". Name one such as hdfs:///savepoints.",
                            "",
                            null));
        } catch (RuntimeException | LinkageError e) {
            // Somebody's words chose the file system's code: that it fails must not end the job.
            LOG.warn("A savepoint's directory could not be made. job={} at={}", jobId, target, e);
            return new Event.SavepointPlaced(
                    jobId,
                    operationId,
                    null,
                    new FailureReport(
                            ErrorCode.STORAGE_FAILED,
                            "the file system of '"
                                    + target
                                    + "' failed: "
                                    + e
                                    + ". The application master's log has the stack; name a"
                                    + " directory on another file system.",
                            "",
                            null));
        }
    }

    /** Ends in one {@link Event.SavepointStored}. */
    public void store(Effect.StoreSavepoint effect) {
        post(() -> events.accept(onStore(effect)));
    }

    private static Event onStore(Effect.StoreSavepoint effect) {
        JobId jobId = effect.jobId();
        String path = effect.path();
        Manifest manifest = effect.manifest();
        try {
            long bytes;
            if (effect.format() == SavepointFormatType.CANONICAL) {
                bytes = tables().finish(manifest, new Path(path));
            } else {
                SavepointDirectory.store(path, manifest);
                bytes = manifest.totalBytes();
            }
            LOG.info(
                    "Savepoint written. job={} path={} format={} bytes={} committables={}",
                    jobId,
                    path,
                    effect.format(),
                    bytes,
                    manifest.committables().size());
            return new Event.SavepointStored(jobId, manifest.checkpointId(), null);
        } catch (MillraceException e) {
            LOG.warn("A savepoint could not be stored. job={} path={}", jobId, path, e);
            return new Event.SavepointStored(jobId, manifest.checkpointId(), report(e));
        }
    }

    private static SavepointTables tables() {
        return SavepointTables.ofEngine()
                .orElseThrow(
                        () ->
                                new MillraceException(
                                        ErrorCode.INVALID_OPTION,
                                        "the application master cannot write a savepoint as"
                                                + " tables: millrace-savepoint is not on its class"
                                                + " path. Add it, or ask for a savepoint of the"
                                                + " type native."));
    }

    /** Ends in one {@link Event.SavepointFound}. */
    public void find(Effect.FindSavepoint effect) {
        post(() -> events.accept(onFind(effect)));
    }

    private static Event onFind(Effect.FindSavepoint effect) {
        try {
            return new Event.SavepointFound(
                    effect.jobId(),
                    effect.operationId(),
                    SavepointDirectory.isWhole(effect.path()),
                    null);
        } catch (MillraceException e) {
            return new Event.SavepointFound(effect.jobId(), effect.operationId(), false, report(e));
        }
    }

    public void discard(Effect.DiscardSavepoint effect) {
        post(() -> onDiscard(effect.jobId(), effect.path()));
    }

    private static void onDiscard(JobId jobId, String path) {
        try {
            SavepointDirectory.delete(path);
        } catch (MillraceException e) {
            LOG.warn("What a savepoint has left stays. job={} path={}", jobId, path, e);
        }
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
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The storage of savepoints does not answer.");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
