package io.millrace.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a database as they were at a freeze, by hard links. Thread-safe. */
final class LinkedFiles implements Flush.Capture, AutoCloseable {
    private final Database database;
    private final Path directory;
    private boolean closed; // guarded by this

    LinkedFiles(Database database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    @Override
    public synchronized void take() {
        if (!closed) {
            delete(directory); // of an attempt that has failed
            database.link(directory);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            delete(directory);
        }
    }

    /** Deletes a directory with its files, if it is there. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : innermostFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
