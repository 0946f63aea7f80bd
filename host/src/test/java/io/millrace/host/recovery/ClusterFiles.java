package io.millrace.host.recovery;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystemFactory;
import io.millrace.api.file.Path;
import io.millrace.runtime.testing.FaultyFileSystem;
import io.millrace.runtime.testing.FaultyFileSystem.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * This machine's files under the scheme {@code cluster}, as if they were those of a distributed
 * file system: it counts how often state is read, and takes nothing more when a test wants it. One
 * at a time in a process, from its making to {@link #close}. Thread-safe.
 */
final class ClusterFiles implements AutoCloseable {
    private static final URI LOCAL = URI.create("file:///");
    private static final URI OURS = URI.create("cluster:///");

    private final AtomicInteger statesOpened = new AtomicInteger();
    private volatile Refusal refusal = Refusal.NONE; // set by the test, read by every thread

    /** What storage says to who wants to write. */
    enum Refusal {
        NONE {
            @Override
            void say(Path path) {}
        },
        FULL {
            @Override
            void say(Path path) throws IOException {
                throw new IOException("No space left on device");
            }
        },
        NOT_WRITABLE {
            @Override
            void say(Path path) throws IOException {
                throw new AccessDeniedException(path.toString());
            }
        };

        abstract void say(Path path) throws IOException;
    }

    ClusterFiles() {
        FaultyFileSystem files = new FaultyFileSystem(FileSystem.getLocalFileSystem(), OURS, true);
        files.set(
                new FaultyFileSystem.Faults() {
                    @Override
                    public void before(Operation operation, Path path) throws IOException {
                        if (operation == Operation.OPEN && path.getName().endsWith(".seg")) {
                            statesOpened.incrementAndGet();
                        }
                        if (operation == Operation.CREATE || operation == Operation.WRITE) {
                            refusal.say(path);
                        }
                    }
                });
        FileSystem.install(
                List.of(
                        new FileSystemFactory() {
                            @Override
                            public String getScheme() {
                                return OURS.getScheme();
                            }

                            @Override
                            public FileSystem create(URI uri) {
                                return files;
                            }
                        }),
                LOCAL);
    }

    /** The directory under this scheme. */
    String uri(java.nio.file.Path directory) {
        return "cluster://" + directory.toAbsolutePath();
    }

    void refuse(Refusal now) {
        refusal = now;
    }

    /** Files of state that were opened for reading. */
    int statesOpened() {
        return statesOpened.get();
    }

    @Override
    public void close() {
        FileSystem.install(List.of(), LOCAL);
    }
}
