package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the files that a worker writes for a job's checkpoints, on its own disk: an attempt
 * that begins on the same worker reads them instead of the durable ones. Thread-safe: the snapshot
 * thread writes, tasks that restore read.
 *
 * <p>A copy is never needed. Whatever is wrong with one is logged, the copy goes, and the durable
 * file is read or written alone.
 */
/* A copy is believed segment by segment: each is read through, header, length and checksum, before its first
 * byte is handed out, since who reads a segment has used its beginning by the time the end is checked. The
 * second reading comes from the system's cache.
 */
public final class LocalCopies implements AutoCloseable {
    /** Of a job that keeps none. */
    public static final LocalCopies NONE = new LocalCopies(null);

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final FileSystem files = FileSystem.getLocalFileSystem();
    private final Path directory; // null if none are kept
    // Those that are whole, as manifests name them: added by the snapshot thread, read by tasks.
    private final Set<String> whole = ConcurrentHashMap.newKeySet();

    /**
     * @param directory of this job's own in this worker; made with the first file, removed by
     *     {@link #close}
     */
    public static LocalCopies in(java.nio.file.Path directory) {
        return new LocalCopies(new Path(directory.toUri()));
    }

    private LocalCopies(Path directory) {
        this.directory = directory;
    }

    private Path path(String file) {
        return new Path(directory, file.replace('/', '-'));
    }

    /**
     * Begins the copy of a file.
     *
     * @param file as manifests name it
     */
    Copy begin(String file) {
        if (directory == null) {
            return new Copy(file, null);
        }
        try {
            return new Copy(file, files.create(path(file), WriteMode.OVERWRITE));
        } catch (IOException | RuntimeException e) {
            LOG.warn("No local copy of a checkpoint's file: file={} cause={}", file, e.toString());
            return new Copy(file, null);
        }
    }

    /** Removes all copies but these. */
    public void retain(Set<String> needed) {
        for (String file : whole) {
            if (!needed.contains(file)) {
                discard(file);
            }
        }
    }

    /** Whether there is a copy of a file. */
    public boolean has(String file) {
        return whole.contains(file);
    }

    /** Removes a copy that is not what was written. */
    void discard(String file) {
        whole.remove(file);
        delete(file);
    }

    private void delete(String file) {
        try {
            files.delete(path(file), false);
        } catch (IOException | RuntimeException e) {
            LOG.warn("A local copy is left: path={} cause={}", path(file), e.toString());
        }
    }

    /** A copy that is open at a segment, and whether its segments are packed. */
    record Opened(FSDataInputStream in, boolean packed) {}

    /**
     * Opens the copy of a file at a segment that is as it was written; empty if there is none.
     *
     * @param place of the durable file
     */
    Optional<Opened> open(SegmentRef segment, Place place) {
        if (!whole.contains(segment.file())) {
            return Optional.empty();
        }
        try {
            FSDataInputStream in = files.open(path(segment.file()));
            try {
                boolean packed = SegmentHeader.check(in.readNBytes(SegmentHeader.BYTES), place);
                check(in, segment);
                in.seek(segment.offset());
                return Optional.of(new Opened(in, packed));
            } catch (IOException | RuntimeException e) {
                try (in) {
                    throw e;
                }
            }
        } catch (IOException | MillraceException e) {
            LOG.warn(
                    "A local copy is not what was written, the durable file is read: path={}"
                            + " cause={}",
                    path(segment.file()),
                    e.toString());
            discard(segment.file());
            return Optional.empty();
        }
    }

    private static void check(FSDataInputStream in, SegmentRef segment) throws IOException {
        in.seek(segment.offset());
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, segment.length())];
        long left = segment.length();
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException(
                        "it ends " + left + " bytes before the segment at " + segment.offset());
            }
            crc.update(buffer, 0, count);
            left -= count;
        }
        if ((int) crc.getValue() != segment.crc32c()) {
            throw new IOException("the checksum of the segment at " + segment.offset());
        }
    }

    /** Removes all copies; nobody reads or writes any more. Idempotent. */
    @Override
    public void close() {
        if (directory == null) {
            return;
        }
        whole.clear();
        try {
            files.delete(directory, true);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Local copies are left: path={} cause={}", directory, e.toString());
        }
    }

    /** One copy while it is written. Confined to the snapshot thread; never throws. */
    final class Copy {
        private final String file;
        private FSDataOutputStream out; // null if there is no copy

        private Copy(String file, FSDataOutputStream out) {
            this.file = file;
            this.out = out;
        }

        void write(byte[] bytes, int offset, int length) {
            if (out != null) {
                attempt(to -> to.write(bytes, offset, length));
            }
        }

        /** The durable file is whole, and so is this. */
        void finish() {
            if (out != null && attempt(OutputStream::close)) {
                whole.add(file);
                out = null;
            }
        }

        /** Nobody wants it. */
        void drop() {
            if (out != null && attempt(OutputStream::close)) {
                out = null;
                delete(file);
            }
        }

        /** Something that is done with the stream. */
        @FunctionalInterface
        private interface Step {
            void on(OutputStream out) throws IOException;
        }

        private boolean attempt(Step step) {
            try {
                step.on(out);
                return true;
            } catch (IOException | RuntimeException e) {
                LOG.warn("A local copy was given up: path={} cause={}", path(file), e.toString());
                closeQuietly();
                delete(file);
                return false;
            }
        }

        private void closeQuietly() {
            FSDataOutputStream broken = out;
            out = null;
            try {
                broken.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("a local copy did not close file={}", file, e);
            }
        }
    }
}
