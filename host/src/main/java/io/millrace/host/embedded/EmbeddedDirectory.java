package io.millrace.host.embedded;

import io.millrace.api.file.LocalFileSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the embedded clusters of a program keep what lasts no longer than the process: checkpoints
 * and what tasks spill. Made for the first of them. Thread-safe: the field is guarded by this
 * object's lock.
 *
 * <pre>
 * &lt;parent&gt;/millrace-embedded-&lt;random&gt;/lock          locked while the process lives
 *                                    /checkpoints/
 *                                    /tasks/
 * </pre>
 */
/* A process that is killed removes nothing: the next one does, by the locks, which end with their
 * processes. A process id in the name would not tell, since containers that share a directory do not
 * see each other's processes. A directory is made before its lock: young ones are left alone. Locks of
 * this process must not be looked at: to close a lock's file lets go of all that the process holds on it. */
final class EmbeddedDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDirectory.class);
    private static final String PREFIX = "millrace-embedded-";
    private static final String LOCK = "lock";
    private static final long YOUNG_MS = 60_000;

    /** Those that this process has locked. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path parent;
    private final Path path;
    private FileChannel lock; // null while it does not exist

    /**
     * @param parent of those of all processes; is there
     */
    EmbeddedDirectory(Path parent) {
        this.parent = parent;
        this.path = parent.resolve(PREFIX + UUID.randomUUID());
    }

    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    Path tasks() {
        return path.resolve("tasks");
    }

    /**
     * Makes it, and removes those of processes that are dead. Idempotent.
     *
     * @param nowMs milliseconds since the epoch
     */
    synchronized void make(long nowMs) {
        if (lock != null) {
            return;
        }
        try {
            OWN.add(path);
            Files.createDirectories(tasks());
            FileChannel opened =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            opened.lock(); // ends with the channel
            lock = opened;
        } catch (IOException | OverlappingFileLockException e) {
            // What is written there will say what is wrong.
            LOG.warn("The directory of this process cannot be locked. path={}", path, e);
        }
        removeDead(nowMs);
    }

    private void removeDead(long nowMs) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : all) {
                if (!OWN.contains(each)
                        && Files.getLastModifiedTime(each).toMillis() < nowMs - YOUNG_MS
                        && isDead(each)) {
                    LOG.info("Removing what a process that is dead has left. path={}", each);
                    delete(each);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("What dead processes have left is not known. path={}", parent, e);
        }
    }

    /** Also one that never came to lock it. */
    private static boolean isDead(Path directory) {
        if (!Files.exists(directory.resolve(LOCK))) {
            return true;
        }
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false; // of another user, say
        }
    }

    /** Removes it with all that is in it. Idempotent; it may be made again. */
    synchronized void remove() {
        if (lock != null) {
            try (FileChannel ending = lock) {
                LOG.debug("Removing the directory of this process. path={}", path);
            } catch (IOException e) {
                LOG.debug("The lock of this process's directory is left. path={}", path, e);
            }
            lock = null;
        }
        delete(path);
        OWN.remove(path);
    }

    private static void delete(Path directory) {
        try {
            LocalFileSystem.getSharedInstance()
                    .delete(io.millrace.api.file.Path.fromLocalFile(directory.toFile()), true);
        } catch (IOException e) {
            LOG.warn("What lasts no longer than a process is left. path={}", directory, e);
        }
    }
}
