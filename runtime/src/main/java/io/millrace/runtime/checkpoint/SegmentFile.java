package io.millrace.runtime.checkpoint;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of one worker and one checkpoint while it is written. Confined to a snapshot thread.
 *
 * <p>The file is made once there is more than may lie in the manifest, never over another one.
 * {@link #finish} makes it durable; {@link #close} without it removes it.
 */
public final class SegmentFile implements SegmentOutput, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * What is written at a time. A channel copies it into memory of its own, of that size, and no
     * thread of the process waits long for the copy.
     */
    private static final int WRITTEN_BYTES = 256 << 10;

    /** What becomes of a file. */
    public enum Use {
        /** It lasts, and its segments are the bytes themselves. */
        KEPT,
        /** It lasts, and its segments are {@linkplain PackedBlocks packed}. */
        PACKED,
        /** This process reads it again and removes it then: it need not survive anything. */
        PASSING;

        /** One that lasts. */
        public static Use kept(boolean packed) {
            return packed ? PACKED : KEPT;
        }
    }

    private enum State {
        NOT_BEGUN,
        OPEN,
        BROKEN,
        FINISHED,
        CLOSED
    }

    private final CheckpointDirectory directory;
    private final String file;
    private final LocalCopies copies;
    private final int mostHeldBytes;
    private final Use use;
    private final PackedBlocks.Packer packer; // null if segments are the bytes themselves
    private final SnapshotPace.Step step;
    private ByteArrayOutputStream held; // null before the first segment and once there is a file
    private LocalCopies.Copy copy; // null until there is a file
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final CRC32C crc = new CRC32C();
    private BinaryWriter spare; // null while it is in use, or none was needed
    private State state = State.NOT_BEGUN;
    private FSDataOutputStream out; // null until there is a file
    private int buffered;
    private long position; // behind what was appended, without what is buffered

    /** Of which nothing lies in the manifest and no copy is kept. */
    public SegmentFile(
            CheckpointDirectory directory, long epoch, long checkpointId, String workerId) {
        this(directory, epoch, checkpointId, workerId, LocalCopies.NONE, 0);
    }

    /**
     * Of a savepoint.
     *
     * @param mostHeldBytes as below
     * @param use what becomes of the file
     * @param step told of each block that was written
     */
    public SegmentFile(
            CheckpointDirectory directory,
            long epoch,
            long checkpointId,
            String workerId,
            int mostHeldBytes,
            Use use,
            SnapshotPace.Step step) {
        this(directory, epoch, checkpointId, workerId, LocalCopies.NONE, mostHeldBytes, use, step);
    }

    /**
     * @param copies where a copy of the file goes, on this worker's disk; used, not owned
     * @param mostHeldBytes what is no longer is not written to a file but handed over, to lie in
     *     the manifest; 0 for a file in any case
     */
    public SegmentFile(
            CheckpointDirectory directory,
            long epoch,
            long checkpointId,
            String workerId,
            LocalCopies copies,
            int mostHeldBytes) {
        this(directory, epoch, checkpointId, workerId, copies, mostHeldBytes, Use.KEPT);
    }

    /** The same with a use. */
    public SegmentFile(
            CheckpointDirectory directory,
            long epoch,
            long checkpointId,
            String workerId,
            LocalCopies copies,
            int mostHeldBytes,
            Use use) {
        this(
                directory,
                epoch,
                checkpointId,
                workerId,
                copies,
                mostHeldBytes,
                use,
                SnapshotPace.Step.NONE);
    }

    private SegmentFile(
            CheckpointDirectory directory,
            long epoch,
            long checkpointId,
            String workerId,
            LocalCopies copies,
            int mostHeldBytes,
            Use use,
            SnapshotPace.Step step) {
        this.use = use;
        this.packer = use == Use.PACKED ? new PackedBlocks.Packer() : null;
        this.step = step;
        this.directory = directory;
        this.copies = copies;
        this.mostHeldBytes = mostHeldBytes;
        this.file = CheckpointDirectory.segmentFile(epoch, checkpointId, workerId);
    }

    @Override
    public SegmentRef append(Body body) throws IOException {
        if (state == State.NOT_BEGUN) {
            begin();
        }
        requireOpen();
        state = State.BROKEN;
        long offset = position;
        crc.reset();
        if (packer != null) {
            packer.reset();
        }
        Segment segment = new Segment();
        body.writeTo(segment);
        segment.over = true;
        flushBuffer();
        long length = position - offset;
        if (length == 0) {
            throw new IllegalArgumentException("an empty segment of " + file);
        }
        state = State.OPEN;
        return new SegmentRef(file, offset, length, (int) crc.getValue());
    }

    @Override
    public BinaryWriter takeBuffer() {
        BinaryWriter taken = spare == null ? new BinaryWriter(FIRST_BYTES) : spare;
        spare = null;
        return taken;
    }

    @Override
    public void giveBack(BinaryWriter buffer) {
        buffer.clear();
        spare = buffer;
    }

    private void begin() throws IOException {
        byte[] header = SegmentHeader.encode(directory.place(file), packer != null);
        if (mostHeldBytes < header.length) {
            create();
        } else {
            held = new ByteArrayOutputStream();
        }
        state = State.BROKEN;
        put(header, 0, header.length);
        position = SegmentHeader.BYTES;
        state = State.OPEN;
    }

    private void create() throws IOException {
        Path path = directory.place(file).path();
        out =
                use == Use.PASSING
                        ? directory.files().create(path, WriteMode.NO_OVERWRITE)
                        : directory.files().createDurable(path);
        state = State.BROKEN;
        copy = copies.begin(file);
    }

    private void createWithHeld() throws IOException {
        byte[] before = held.toByteArray();
        held = null;
        create();
        put(before, 0, before.length);
    }

    /** To memory as long as it is little, then to the file. */
    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (held != null && held.size() + length > mostHeldBytes) {
            createWithHeld();
        }
        if (held != null) {
            held.write(bytes, offset, length);
        } else {
            out.write(bytes, offset, length);
            copy.write(bytes, offset, length);
            step.worked();
        }
    }

    /**
     * Makes what was appended durable, or hands it over.
     *
     * @return empty if nothing was appended
     * @throws IOException from the file system; the file is of no use then
     */
    public Optional<StoredFile> finish() throws IOException {
        if (state == State.NOT_BEGUN) {
            state = State.FINISHED;
            return Optional.empty();
        }
        requireOpen();
        if (held != null) {
            state = State.FINISHED;
            return Optional.of(StoredFile.inManifest(file, held.toByteArray()));
        }
        state = State.BROKEN;
        out.close();
        copy.finish();
        state = State.FINISHED;
        return Optional.of(new StoredFile(file, position));
    }

    /** What was appended can be read in the file from here on, by this process. */
    public void flush() throws IOException {
        requireOpen();
        state = State.BROKEN;
        if (held != null) {
            createWithHeld();
        }
        out.flush();
        state = State.OPEN;
    }

    /** Bytes so far, with the header. */
    public long length() {
        return position;
    }

    /** Removes the file unless it is finished; a file that cannot be removed is logged. */
    @Override
    public void close() {
        State before = state;
        state = State.CLOSED;
        if (out == null || before == State.FINISHED || before == State.CLOSED) {
            return;
        }
        if (copy != null) {
            copy.drop();
        }
        try {
            out.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a file that is removed did not close file={}", file, e);
        }
        Path path = directory.resolve(file);
        try {
            directory.files().delete(path, false);
            // Else a savepoint that was removed before this file was made would leave its name.
            SavepointDirectory.deleteEmpty(directory, path.getParent());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "a file of an aborted checkpoint is left path={} cause={}", path, e.toString());
        }
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(file + " is " + state);
        }
    }

    private void flushBuffer() throws IOException {
        if (buffered > 0) {
            store(buffer, 0, buffered);
            buffered = 0;
        }
    }

    private void store(byte[] bytes, int offset, int length) throws IOException {
        byte[] stored = bytes;
        int from = offset;
        int count = length;
        if (packer != null) {
            count = packer.pack(bytes, offset, length);
            stored = packer.bytes();
            from = 0;
        }
        crc.update(stored, from, count);
        put(stored, from, count);
        position += count;
    }

    /** Counts and sums what one body writes. */
    private final class Segment extends OutputStream {
        private boolean over;

        @Override
        public void write(int value) throws IOException {
            require();
            if (buffered == buffer.length) {
                flushBuffer();
            }
            buffer[buffered++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            require();
            if (length > buffer.length - buffered) {
                flushBuffer();
            }
            if (length > buffer.length) {
                for (int done = 0; done < length; ) {
                    int count = Math.min(WRITTEN_BYTES, length - done);
                    store(bytes, offset + done, count);
                    done += count;
                }
            } else {
                System.arraycopy(bytes, offset, buffer, buffered, length);
                buffered += length;
            }
        }

        private void require() {
            if (over) {
                throw new IllegalStateException("the segment of " + file + " is over");
            }
        }
    }
}
