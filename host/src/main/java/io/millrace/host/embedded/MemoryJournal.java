package io.millrace.host.embedded;

import io.millrace.coordinator.journal.JournalStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal for a process that nobody takes over from: as durable as the jobs themselves. Confined
 * to the coordinator's thread; holds two or three entries a job.
 */
final class MemoryJournal implements JournalStore {
    private final List<byte[]> entries = new ArrayList<>();

    @Override
    public void append(byte[] entry) {
        entries.add(entry);
    }

    @Override
    public List<byte[]> readAll() {
        return List.copyOf(entries);
    }

    @Override
    public void close() {}
}
