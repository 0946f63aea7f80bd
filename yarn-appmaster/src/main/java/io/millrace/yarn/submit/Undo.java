package io.millrace.yarn.submit;

import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back a submission that does not come to its end: by an error, or because the process is
 * told to end. Thread-safe: the submitting thread fills it, the JVM's shutdown may run it.
 */
final class Undo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Cluster cluster;
    private final ApplicationId applicationId;
    private final Runnable hook = this::takeBack;

    // Guarded by this: written by the submitting thread, read by the shutdown hook.
    private Staging staging;
    private LibraryStore libraries;
    private Runnable further;
    private boolean perhapsSubmitted;
    private boolean done;

    Undo(Cluster cluster, ApplicationId applicationId) {
        this.cluster = cluster;
        this.applicationId = applicationId;
        // Before Hadoop closes its file systems.
        ShutdownHookManager.get()
                .addShutdownHook(
                        hook, FileSystem.SHUTDOWN_HOOK_PRIORITY + 10, 20, TimeUnit.SECONDS);
    }

    synchronized void onFailureDiscard(LibraryStore libraries) {
        this.libraries = libraries;
    }

    synchronized void onFailureRemove(Staging staging) {
        this.staging = staging;
    }

    /** Something that only the caller knows how to take back; must be safe to do twice. */
    synchronized void onFailureRun(Runnable further) {
        this.further = further;
    }

    /**
     * From here on the ResourceManager may know the application, whatever it answers.
     *
     * @throws IllegalStateException if the process is being told to end and all was taken back:
     *     nothing may be submitted any more
     */
    synchronized void onFailureKill() {
        if (done) {
            throw new IllegalStateException("the process ends; " + applicationId + " is not run");
        }
        this.perhapsSubmitted = true;
    }

    /** The submission has come to its end; nothing will be taken back. */
    synchronized void keep() {
        done = true;
    }

    @Override
    public void close() {
        takeBack();
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }

    private synchronized void takeBack() {
        if (done) {
            return;
        }
        done = true;
        if (perhapsSubmitted) {
            try {
                cluster.ask(
                        "kill " + applicationId,
                        yarn -> {
                            yarn.killApplication(applicationId);
                            return null;
                        });
            } catch (RuntimeException e) {
                LOG.debug("the application was not killed; it may not exist", e);
            }
        }
        if (further != null) {
            try {
                further.run();
            } catch (RuntimeException e) {
                LOG.debug("not taken back; the next submission does it", e);
            }
        }
        if (staging != null) {
            staging.remove();
        }
        if (libraries != null) {
            libraries.discardUnfinished();
        }
    }
}
