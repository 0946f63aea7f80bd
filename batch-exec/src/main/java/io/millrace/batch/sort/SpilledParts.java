package io.millrace.batch.sort;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of parts on local disk, a file for each part, in the order in which they came. All are
 * added first; then each part is read once. Confined to its owner; close removes the files, also
 * after a failure.
 *
 * @param <T> the records
 */
public final class SpilledParts<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpilledParts.class);
    private static final int MIN_BLOCK_BYTES = 4 * 1024;
    private static final int MAX_BLOCK_BYTES = 64 * 1024;
    // A block, and the same again for what it is compressed to.
    private static final int BLOCKS_OF_A_PART = 2;

    private final RecordForm<T> form;
    private final SortSettings settings;
    private final SpillFiles files;
    private final long longestRecordBytes;
    private final int blockBytes;
    private final String name;
    private final Path[] made;
    private final SpillWriter[] writers;
    private final SpilledRun[] written;
    // Null while none is read.
    private PartRecords reading;
    private boolean directoryIsMade;

    /** The records of a part, once, with the hashes that they were given. */
    public final class PartRecords implements AutoCloseable {
        private final int part;
        private final SpilledRun run;
        private final SpillReader entries;
        private boolean ended;

        private PartRecords(int part, SpilledRun run) {
            this.part = part;
            this.run = run;
            this.entries = SpillReader.open(files, run, null);
        }

        /** How many there are. */
        public long count() {
            return run.entries();
        }

        /** As their serializer wrote them, and a little for each. */
        public long bytes() {
            return run.rawBytes();
        }

        /**
         * Goes to the next record; false after the last one, from then on.
         *
         * @throws MillraceException {@code STORAGE_FAILED} if the file is broken, with its name and
         *     the offset
         */
        public boolean advance() {
            ended = ended || !entries.advance();
            return !ended;
        }

        /** That of the present record. */
        public int keyHash() {
            return (int) entries.prefix;
        }

        /** The present record, made anew with each call. */
        public T record() {
            return form.read(entries.bytes, entries.recordAt, entries.recordLength);
        }

        /** Removes the file. */
        @Override
        public void close() {
            reading = null;
            try {
                entries.close();
            } catch (IOException e) {
                LOG.warn("file of a part could not be closed file={}", made[part], e);
            }
            remove(part);
        }
    }

    /**
     * @param parts how many there are
     * @param form of the records; may be shared by what reads and writes alike
     * @param settings whose memory is that of all blocks being filled
     * @param longestRecordBytes what a reader makes room for
     */
    public SpilledParts(
            int parts, RecordForm<T> form, SortSettings settings, long longestRecordBytes) {
        this(parts, form, settings, longestRecordBytes, SpillFiles.LOCAL);
    }

    SpilledParts(
            int parts,
            RecordForm<T> form,
            SortSettings settings,
            long longestRecordBytes,
            SpillFiles files) {
        this.form = form;
        this.settings = settings;
        this.files = files;
        this.longestRecordBytes = longestRecordBytes;
        long each = Long.highestOneBit(settings.memoryBytes() / parts / BLOCKS_OF_A_PART);
        this.blockBytes = (int) Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, each));
        this.name = "parts-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        this.made = new Path[parts];
        this.writers = new SpillWriter[parts];
        this.written = new SpilledRun[parts];
    }

    /**
     * Adds a record; it may be changed afterwards.
     *
     * @throws MillraceException {@code RECORD_TOO_LARGE}, and nothing is done; {@code
     *     STORAGE_FAILED} if it cannot be written
     */
    public void add(int part, int keyHash, T record) {
        BinaryWriter bytes = form.write(record);
        if (bytes.size() > longestRecordBytes) {
            throw tooLarge(bytes.size());
        }
        SpillWriter writer = writers[part];
        if (writer == null) {
            writer = begin(part);
        }
        writer.append(keyHash, bytes);
    }

    private SpillWriter begin(int part) {
        assert written[part] == null : part;
        SpillWriter writer =
                new SpillWriter(files, settings.compression(), blockBytes, settings.memoryOption());
        writers[part] = writer;
        made[part] = settings.directory().resolve(name + "-" + part + ".part");
        directoryIsMade = true;
        writer.begin(made[part]);
        return writer;
    }

    private MillraceException tooLarge(int size) {
        return new MillraceException(
                ErrorCode.RECORD_TOO_LARGE,
                "a record of "
                        + size
                        + " bytes is to be put on disk, which the memory allows for records of "
                        + longestRecordBytes
                        + ". Raise "
                        + settings.memoryOption()
                        + " to "
                        + (size / longestRecordBytes + 1)
                        + " times what it is, or make records smaller.");
    }

    /** Nothing is added after; the memory of blocks is free. */
    public void end() {
        for (int part = 0; part < writers.length; part++) {
            if (writers[part] != null) {
                written[part] = writers[part].end();
                writers[part] = null;
                LOG.debug(
                        "part spilled file={} records={} bytes={}",
                        made[part],
                        written[part].entries(),
                        written[part].fileBytes());
            }
        }
    }

    /** How many there are. */
    public int count() {
        return writers.length;
    }

    /** Whether the part has records, after {@link #end}. */
    public boolean has(int part) {
        return written[part] != null;
    }

    /** The records of a part that has some, after {@link #end}; one part at a time. */
    public PartRecords read(int part) {
        assert reading == null : reading.part;
        reading = new PartRecords(part, written[part]);
        written[part] = null;
        return reading;
    }

    private void remove(int part) {
        SpilledRuns.delete(made[part]);
        made[part] = null;
    }

    /** Safe to call twice, and after any failure. */
    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
        for (int part = 0; part < made.length; part++) {
            if (made[part] != null) {
                closeQuietly(part);
                remove(part);
            }
        }
        if (directoryIsMade) {
            SpilledRuns.removeIfEmpty(settings.directory());
        }
    }

    private void closeQuietly(int part) {
        SpillWriter writer = writers[part];
        writers[part] = null;
        try (writer) {
            written[part] = null;
        } catch (MillraceException e) {
            LOG.debug("file of a part is removed unwritten file={}", made[part], e);
        }
    }
}
