package io.millrace.batch;

import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that wait for the end of their input: in memory up to a limit, beyond in sorted runs on
 * local disk. Confined to its operator; close removes the files.
 */
/* The sort is stable and runs are merged older before younger, so equal records stay in the order in
 * which they came.
 */
final class SpilledPartitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpilledPartitions.class);
    // Each run that is read needs one block in memory.
    private static final int MAX_RUNS = 64;
    private static final int OVERHEAD_BYTES = 64;
    private static final int MEASURED_FIRST = 64;
    private static final int MEASURED_EVERY = 256;

    private final Path directory;
    private final FoldFormat format;
    private final PartitionOrder order;
    private final long limitBytes;
    private final List<FoldFormat.Fold> inMemory = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private final List<RunReader> readers = new ArrayList<>();
    private final BinaryWriter sample = new BinaryWriter(1024);
    private long measuredRecords;
    private long measuredBytes;
    private int runsMade;

    SpilledPartitions(Path directory, FoldFormat format, PartitionOrder order, long limitBytes) {
        this.directory = directory;
        this.format = format;
        this.order = order;
        this.limitBytes = limitBytes;
    }

    void add(FoldFormat.Fold record) throws Exception {
        inMemory.add(record);
        if (isFullAfter(record)) {
            spill();
        }
    }

    /** Estimated from the serialized size of some records; objects take about twice as much. */
    private boolean isFullAfter(FoldFormat.Fold record) {
        int records = inMemory.size();
        if (records <= MEASURED_FIRST || records % MEASURED_EVERY == 0) {
            sample.clear();
            format.write(record.keyHash(), record.key(), record.value(), sample);
            measuredRecords++;
            measuredBytes += sample.size();
        }
        return records * (OVERHEAD_BYTES + 2 * measuredBytes / measuredRecords) >= limitBytes;
    }

    private void spill() throws Exception {
        inMemory.sort(order);
        Iterator<FoldFormat.Fold> records = inMemory.iterator();
        runs.add(write(() -> records.hasNext() ? records.next() : null));
        inMemory.clear();
        measuredRecords = 0;
        measuredBytes = 0;
        if (runs.size() >= MAX_RUNS) {
            mergeRuns();
        }
    }

    // All runs into one, which is then the oldest.
    private void mergeRuns() throws Exception {
        Path merged = write(merge());
        closeReaders();
        for (Path run : runs) {
            Files.delete(run);
        }
        runs.clear();
        runs.add(merged);
    }

    private Path write(FoldSequence records) throws Exception {
        Path run = directory.resolve("partition-" + hashCode() + "-" + runsMade++ + ".run");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw SpilledFolds.failed("made", directory, e);
        }
        try (RunWriter writer = new RunWriter(run, format)) {
            for (FoldFormat.Fold record = records.next(); record != null; record = records.next()) {
                writer.write(record);
            }
            writer.finish();
            LOG.info("partition spilled file={} bytes={}", run, writer.bytesWritten());
        } catch (IOException e) {
            throw SpilledFolds.failed("written", run, e);
        }
        return run;
    }

    /** All records in their order; nothing is added after. */
    FoldSequence sorted() throws Exception {
        inMemory.sort(order);
        return merge();
    }

    /** What is in memory comes as the youngest. */
    private FoldSequence merge() throws Exception {
        List<FoldSequence> sequences = new ArrayList<>();
        for (Path run : runs) {
            try {
                RunReader reader = new RunReader(run, format);
                readers.add(reader);
                sequences.add(reader);
            } catch (IOException e) {
                throw SpilledFolds.failed("read", run, e);
            }
        }
        Iterator<FoldFormat.Fold> records = inMemory.iterator();
        sequences.add(() -> records.hasNext() ? records.next() : null);
        return sequences.size() == 1 ? sequences.get(0) : new OrderedMerge(sequences, order);
    }

    private void closeReaders() throws IOException {
        for (RunReader reader : readers) {
            reader.close();
        }
        readers.clear();
    }

    @Override
    public void close() throws IOException {
        inMemory.clear();
        closeReaders();
        for (int i = 0; i < runsMade; i++) {
            Files.deleteIfExists(directory.resolve("partition-" + hashCode() + "-" + i + ".run"));
        }
        runs.clear();
        if (runsMade > 0 && Files.isDirectory(directory)) {
            try (var left = Files.list(directory)) {
                if (left.findAny().isEmpty()) {
                    Files.deleteIfExists(directory);
                }
            }
        }
    }
}
