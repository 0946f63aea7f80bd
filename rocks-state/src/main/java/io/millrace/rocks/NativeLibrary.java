package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/** RocksDB's native library, loaded once for each class loader of the engine. Thread-safe. */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library from a directory that only this process uses, so that no other one can
     * replace it, or tidy it away, in between.
     *
     * @throws MillraceException {@code STORAGE_FAILED} naming platform and directory
     */
    static synchronized void load() {
        // A library belongs to the process, as does this flag.
        if (loaded) {
            return;
        }
        Path base = Paths.get(System.getProperty("java.io.tmpdir"));
        try {
            Path directory = Files.createTempDirectory(base, "millrace-rocksdb-");
            directory.toFile().deleteOnExit();
            NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
            RocksDB.loadLibrary();
            loaded = true;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw failure(base, e);
        }
    }

    static MillraceException failure(Path base, Throwable cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "the native library of RocksDB does not load on "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
                        + " from below "
                        + base
                        + ": "
                        + cause.getMessage()
                        + ". The distribution has it for Linux on x86-64 and ARM64; for others put"
                        + " the jar rocksdbjni of Maven Central in its place. If the directory is"
                        + " mounted noexec or full, set java.io.tmpdir to another. Or use"
                        + " state.backend.type=heap.",
                cause);
    }
}
