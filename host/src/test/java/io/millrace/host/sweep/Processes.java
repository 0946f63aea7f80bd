package io.millrace.host.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The processes that wait for a role. Confined to one thread; a case gives back what it has not
 * killed.
 */
final class Processes implements AutoCloseable {
    private final Path temporary;
    private final Deque<JvmProcess> free = new ArrayDeque<>();

    /**
     * @param temporary for what the processes themselves unpack
     */
    Processes(Path temporary) throws IOException {
        this.temporary = Files.createDirectories(temporary);
    }

    JvmProcess take() throws IOException {
        JvmProcess process = free.poll();
        return process != null && process.isFree() ? process : new JvmProcess(temporary);
    }

    /** One whose role is over, or that is dead. */
    void giveBack(JvmProcess process) {
        if (process.isFree()) {
            free.add(process);
        } else {
            process.close();
        }
    }

    @Override
    public void close() {
        free.forEach(JvmProcess::close);
        free.clear();
    }
}
