package io.millrace.host.sweep;

import io.millrace.coordinator.journal.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file for each entry. Whoever uses it has made sure that the writer before is dead. */
final class FileJournal implements JournalStore {
    private final Path directory;
    private final long epoch;
    private int written;

    FileJournal(Path directory, long epoch) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.epoch = epoch;
    }

    @Override
    public void append(byte[] entry) {
        String name = String.format("%06d-%06d", epoch, written++);
        Path aside = directory.resolve(name + ".new");
        try {
            Files.write(aside, entry);
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(aside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> readAll() {
        try (Stream<Path> files = Files.list(directory)) {
            List<byte[]> entries = new ArrayList<>();
            for (Path file : files.filter(f -> !f.toString().endsWith(".new")).sorted().toList()) {
                entries.add(Files.readAllBytes(file));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
