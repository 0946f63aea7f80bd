package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.operator.KeyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that one reduce has put on local disk, oldest first. Confined to its operator; close
 * removes them.
 */
final class SpilledFolds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpilledFolds.class);
    // Each run that is read needs one block in memory.
    private static final int MAX_RUNS = 64;

    private final Path directory;
    private final FoldFormat format;
    private final Folding folding;
    private final List<Path> runs = new ArrayList<>();
    private final List<RunReader> readers = new ArrayList<>();
    private int runsMade;

    SpilledFolds(Path directory, FoldFormat format, Folding folding) {
        this.directory = directory;
        this.format = format;
        this.folding = folding;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Writes the table as a run. */
    void spill(KeyTable table) throws Exception {
        Path run = newRun();
        try (RunWriter writer = new RunWriter(run, format)) {
            SortedTable sorted = new SortedTable(table);
            for (FoldFormat.Fold fold = sorted.next(); fold != null; fold = sorted.next()) {
                writer.write(fold);
            }
            writer.finish();
            LOG.info(
                    "folds spilled file={} keys={} bytes={}",
                    run,
                    table.size(),
                    writer.bytesWritten());
        } catch (IOException e) {
            throw failed("written", run, e);
        }
        runs.add(run);
        if (runs.size() >= MAX_RUNS) {
            mergeRuns();
        }
    }

    // Folds all runs into one, which is then the oldest.
    private void mergeRuns() throws Exception {
        Path merged = newRun();
        FoldMerger merger = merge(new KeyTable());
        try (RunWriter writer = new RunWriter(merged, format)) {
            for (FoldFormat.Fold fold = merger.next(); fold != null; fold = merger.next()) {
                writer.write(fold);
            }
            writer.finish();
        } catch (IOException e) {
            throw failed("written", merged, e);
        }
        closeReaders();
        for (Path run : runs) {
            Files.delete(run);
        }
        runs.clear();
        runs.add(merged);
    }

    /** All runs and, as the youngest, a table: each key once, in the order of hashes. */
    FoldMerger merge(KeyTable table) throws Exception {
        List<FoldSequence> sequences = new ArrayList<>();
        for (Path run : runs) {
            try {
                RunReader reader = new RunReader(run, format);
                readers.add(reader);
                sequences.add(reader);
            } catch (IOException e) {
                throw failed("read", run, e);
            }
        }
        sequences.add(new SortedTable(table));
        return new FoldMerger(sequences, folding);
    }

    private Path newRun() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failed("made", directory, e);
        }
        return directory.resolve("folds-" + hashCode() + "-" + runsMade++ + ".run");
    }

    static MillraceException failed(String verb, Path path, IOException cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                path
                        + " for spilled data cannot be "
                        + verb
                        + ": "
                        + cause
                        + ". Check the space left on the local disk, and task.spill-directory.",
                cause);
    }

    private void closeReaders() throws IOException {
        for (RunReader reader : readers) {
            reader.close();
        }
        readers.clear();
    }

    @Override
    public void close() throws IOException {
        closeReaders();
        for (Path run : runs) {
            Files.deleteIfExists(run);
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
