package io.millrace.rocks;

/**
 * Gives all databases of a process the same memory, for as long as there are any. Thread-safe.
 *
 * <p>Memory is the process's own, whatever number of workers it holds, so this is one of few
 * objects that are.
 */
final class SharedMemories {
    static final SharedMemories OF_THIS_PROCESS =
            new SharedMemories(ProcessMemory.ofThisProcess(), MemoryReader.ofThisProcess());

    private final ProcessMemory process;
    private final MemoryReader reader;
    private SharedMemory current; // guarded by this

    SharedMemories(ProcessMemory process, MemoryReader reader) {
        this.process = process;
        this.reader = reader;
    }

    /**
     * The memory, for one database more.
     *
     * @param settings of the job; those of the first one hold until the last database has gone
     */
    synchronized SharedMemory use(RocksSettings settings) {
        NativeLibrary.load();
        if (current == null || !current.use()) {
            current = new SharedMemory(settings, process, reader);
            current.use();
        }
        return current;
    }
}
