package io.millrace.batch.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one sorter, oldest first, and what reads them. Confined to its sorter but for {@link
 * #write}, which a second thread may do while the sorter waits or fills memory.
 */
final class SpilledRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpilledRuns.class);
    private static final int MIN_BLOCK_BYTES = 4 * 1024;
    private static final int MAX_BLOCK_BYTES = 512 * 1024;
    private static final int BLOCKS_OF_MEMORY = 128;
    // Open files.
    private static final int MAX_FAN_IN = 128;

    private final SortSettings settings;
    private final MemoryBudget memory;
    private final TieBreaker.Keys keys;
    private final SpillFiles files;
    private final int blockBytes;
    private final String name;
    private final List<SpilledRun> runs = new ArrayList<>();
    private final List<SpillReader> readers = new ArrayList<>();
    private long readerBytes;
    // Made with the first run, which another thread may write, and used by one at a time.
    private SpillWriter writer;

    /** Every file that was made, so that it is removed whatever has happened to it. */
    private final List<Path> made = new ArrayList<>();

    private int written;
    private long bytesWritten;

    /** Set by the sorter's thread when it is closed, seen by the one that writes. */
    private volatile boolean stopped;

    SpilledRuns(
            SortSettings settings, MemoryBudget memory, TieBreaker.Keys keys, SpillFiles files) {
        this.settings = settings;
        this.memory = memory;
        this.keys = keys;
        this.files = files;
        long block = Long.highestOneBit(settings.memoryBytes() / BLOCKS_OF_MEMORY);
        this.blockBytes = (int) Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, block));
        this.name = "sort-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** Memory for writing a run. */
    long writerBytes() {
        return SpillWriter.bytes(settings.compression(), blockBytes);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int written() {
        return written;
    }

    long bytesWritten() {
        return bytesWritten;
    }

    /** Writes a run; it is not among the others until it is added. */
    SpilledRun write(EntryCursor sorted) {
        if (writer == null) {
            writer =
                    new SpillWriter(
                            files, settings.compression(), blockBytes, settings.memoryOption());
        }
        Path file = settings.directory().resolve(name + "-" + made.size() + ".run");
        made.add(file);
        SpilledRun run = writer.write(file, sorted, () -> stopped);
        LOG.info("run spilled file={} records={} bytes={}", file, run.entries(), run.fileBytes());
        return run;
    }

    /** The youngest of all. */
    void add(SpilledRun run) {
        count(run);
        runs.add(run);
    }

    private void count(SpilledRun run) {
        written++;
        bytesWritten += run.fileBytes();
    }

    /** Whether all runs can be read at once while other memory stays held. */
    boolean fitBeside(long heldBytes) {
        long left = memory.limitBytes() - heldBytes;
        for (SpilledRun run : runs) {
            left -= SpillReader.bytes(run, settings.twoThreads());
        }
        return runs.size() < MAX_FAN_IN && left >= 0;
    }

    /**
     * All runs, and as the youngest a cursor, merged. Where there are more runs than memory allows
     * to read at once, neighbours are merged first: those that are the smallest.
     */
    EntryCursor merged(EntryCursor youngest) {
        while (!fitBeside(memory.heldBytes())) {
            mergeNeighbours();
        }
        writer = null; // its memory is now the readers'
        return merge(runs, youngest);
    }

    private EntryCursor merge(List<SpilledRun> some, EntryCursor youngest) {
        List<EntryCursor> sources = new ArrayList<>();
        for (SpilledRun run : some) {
            long bytes = SpillReader.bytes(run, settings.twoThreads());
            boolean taken = memory.take(bytes);
            assert taken : memory.leftBytes() + " left of " + memory.limitBytes();
            readerBytes += bytes;
            SpillReader reader =
                    SpillReader.open(
                            files, run, settings.twoThreads() ? settings.background() : null);
            readers.add(reader);
            sources.add(reader);
        }
        sources.add(youngest);
        return new MergedCursor(sources, keys);
    }

    private void mergeNeighbours() {
        int count = fanIn();
        int first = smallest(count);
        List<SpilledRun> parts = List.copyOf(runs.subList(first, first + count));
        SpilledRun run = write(merge(parts, new Nothing()));
        closeReaders();
        count(run);
        runs.subList(first, first + count).clear();
        runs.add(first, run);
        parts.forEach(part -> delete(part.file()));
    }

    /** As few as are needed if one merge is enough for the last one to fit; else all that fit. */
    private int fanIn() {
        long left = memory.leftBytes() - writerBytes();
        long largest = 0;
        for (SpilledRun run : runs) {
            largest = Math.max(largest, SpillReader.bytes(run, settings.twoThreads()));
        }
        int fitting = (int) Math.min(MAX_FAN_IN, left / largest);
        assert fitting > 1
                : largest + " of " + left; // the sorter takes no records that are too long
        // The last merge takes as many as fit, so the first need not do more than is left over.
        return Math.min(fitting, Math.max(2, runs.size() - fitting + 1));
    }

    /** Where so many neighbours begin that have the fewest bytes. */
    private int smallest(int count) {
        int best = 0;
        long bestBytes = Long.MAX_VALUE;
        for (int first = 0; first + count <= runs.size(); first++) {
            long bytes = 0;
            for (SpilledRun run : runs.subList(first, first + count)) {
                bytes += run.fileBytes();
            }
            if (bytes < bestBytes) {
                best = first;
                bestBytes = bytes;
            }
        }
        return best;
    }

    private void closeReaders() {
        IOException failed = null;
        for (SpillReader reader : readers) {
            try {
                reader.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        readers.clear();
        memory.giveBack(readerBytes);
        readerBytes = 0;
        if (failed != null) {
            LOG.warn(
                    "files of a sort could not be closed directory={}",
                    settings.directory(),
                    failed);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("file of a sort could not be removed file={}", file, e);
        }
    }

    /** Whoever writes ends at the next block. */
    void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        closeReaders();
        runs.clear();
        made.forEach(SpilledRuns::delete);
        if (!made.isEmpty()) {
            removeIfEmpty(settings.directory());
        }
    }

    static void removeIfEmpty(Path directory) {
        try (var left = Files.list(directory)) {
            if (left.findAny().isEmpty()) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            LOG.debug("directory of a sort stays directory={}", directory, e);
        }
    }

    private static final class Nothing extends EntryCursor {
        @Override
        boolean advance() {
            return false;
        }
    }
}
