package io.millrace.client.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processes that a NodeManager started and that may outlive it. Found in two ways: as its
 * descendants while it lives, and afterwards by a working directory below its container
 * directories.
 */
final class Containers {
    private Containers() {}

    /** All live container processes of the sandbox, ours to end. */
    static Set<ProcessHandle> find(SandboxLayout layout, Optional<ProcessHandle> nodeManager) {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        nodeManager.ifPresent(process -> process.descendants().forEach(found::add));
        ProcessHandle.allProcesses()
                .filter(process -> worksBelow(process, layout.containerDirs()))
                .forEach(found::add);
        return found;
    }

    /** Ends them at once: nothing that a container of an ended cluster could save is of use. */
    static int end(Set<ProcessHandle> containers) {
        List<ProcessHandle> alive = containers.stream().filter(ProcessHandle::isAlive).toList();
        alive.forEach(ProcessHandle::destroyForcibly);
        return alive.size();
    }

    private static boolean worksBelow(ProcessHandle process, Path directory) {
        Path link = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        try {
            // A removed directory reads as "/path (deleted)", which still starts the same way.
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not ours to read, ended meanwhile, or a system without /proc
        }
    }
}
