package io.millrace.rocks;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the process's memory and carries out what {@link MemoryGovernor} decides. Confined to
 * whoever calls {@link #turn}; in production that is a thread of {@link SharedMemory}.
 */
final class MemoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);

    private final MemoryReader reader;
    private final long limitBytes;
    private final Consumer<MemoryGovernor.Level> effect;
    private MemoryGovernor.Level level = MemoryGovernor.Level.FREE;

    MemoryWatch(MemoryReader reader, long limitBytes, Consumer<MemoryGovernor.Level> effect) {
        this.reader = reader;
        this.limitBytes = limitBytes;
        this.effect = effect;
    }

    MemoryGovernor.Level level() {
        return level;
    }

    /** Looks once; returns 1 if something was changed. */
    int turn() {
        OptionalLong resident = reader.residentBytes();
        if (resident.isEmpty()) {
            return 0;
        }
        MemoryGovernor.Level next = MemoryGovernor.next(level, resident.getAsLong(), limitBytes);
        if (next.flush()) {
            // Also while the level stays: buffers fill again.
            effect.accept(next);
        }
        if (next == level) {
            return 0;
        }
        log(next, resident.getAsLong());
        level = next;
        effect.accept(next);
        return 1;
    }

    private void log(MemoryGovernor.Level next, long resident) {
        boolean worse = next.compareTo(level) > 0;
        String text = "{}: level={} was={} residentMb={} limitMb={} percent={}. {}";
        Object[] arguments = {
            worse ? "The process came near to its memory limit" : "Memory pressure has eased",
            next,
            level,
            resident >> 20,
            limitBytes >> 20,
            resident * 100 / limitBytes,
            worse
                    ? "Caches of state shrink first, then tasks slow down. A larger container, a"
                            + " smaller heap or a smaller state.backend.rocksdb.memory.fixed-per-tm avoids"
                            + " it."
                    : ""
        };
        if (worse) {
            LOG.warn(text, arguments);
        } else {
            LOG.info(text, arguments);
        }
    }
}
