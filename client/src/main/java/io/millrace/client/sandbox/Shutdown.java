package io.millrace.client.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Ends daemons. HDFS, ZooKeeper and Kafka are asked, then killed if they take long. YARN's daemons
 * keep nothing and are killed at once: in order, they would wait for applications that are gone.
 * Only a daemon that still has to write its class-data archive gets the time it needs. Confined to
 * one thread.
 *
 * @param archive empty if nobody writes one
 */
record Shutdown(Optional<SharedArchive> archive, Consumer<String> progress) {
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final Duration ARCHIVE_GRACE = Duration.ofSeconds(40);

    void end(Map<Daemon, ProcessHandle> daemons) {
        ProcessHandle nodeManager = daemons.get(Daemon.NODEMANAGER);
        if (nodeManager != null && mustWriteArchive(Daemon.NODEMANAGER)) {
            // While HDFS lives, where it leaves the logs of what it ran.
            ask(Daemon.NODEMANAGER, nodeManager);
            await(Daemon.NODEMANAGER, nodeManager);
        }
        daemons.forEach(this::ask);
        daemons.forEach(this::await);
    }

    private void ask(Daemon daemon, ProcessHandle process) {
        boolean keepsNothing = daemon == Daemon.RESOURCEMANAGER || daemon == Daemon.NODEMANAGER;
        if (keepsNothing && !mustWriteArchive(daemon)) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private void await(Daemon daemon, ProcessHandle process) {
        Duration grace = mustWriteArchive(daemon) ? ARCHIVE_GRACE : GRACE;
        boolean byItself = endsWithin(process, grace);
        if (archive.isEmpty() || !SharedArchive.isFor(daemon)) {
            return;
        }
        try {
            if (byItself) {
                archive.get().keep(daemon);
            } else {
                archive.get().discard(daemon);
            }
        } catch (IOException e) {
            progress.accept("The archive of " + daemon.id() + " could not be kept: " + e);
        }
    }

    private boolean mustWriteArchive(Daemon daemon) {
        return archive.isPresent() && SharedArchive.isFor(daemon) && !archive.get().exists(daemon);
    }

    /** Returns false if the process had to be killed. */
    private static boolean endsWithin(ProcessHandle process, Duration grace) {
        try {
            process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // killed below
        }
        process.destroyForcibly();
        return false;
    }
}
