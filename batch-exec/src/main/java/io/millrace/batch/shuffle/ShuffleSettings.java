package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.compress.BlockCompression;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How a worker keeps results. Immutable.
 *
 * @param memoryBytes of one writer
 * @param readMemoryBytes of the readers of one edge of one subtask
 * @param directories at least one
 * @param threads that read ahead
 */
public record ShuffleSettings(
        long memoryBytes,
        long readMemoryBytes,
        BlockCompression compression,
        List<Path> directories,
        int threads) {

    private static final long LEAST_MEMORY_BYTES = 1L << 20;

    public ShuffleSettings {
        directories = List.copyOf(directories);
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("no directory for results");
        }
    }

    /**
     * @param local directories to use where the configuration names none
     */
    public static ShuffleSettings from(Config config, List<Path> local) {
        return new ShuffleSettings(
                config.find(ShuffleOptions.MEMORY).orElseGet(ShuffleSettings::shareOfHeap),
                config.get(ShuffleOptions.READ_MEMORY),
                config.get(ShuffleOptions.COMPRESSION),
                config.find(ShuffleOptions.DIRECTORIES)
                        .map(ShuffleSettings::directoriesOf)
                        .orElse(local),
                config.get(ShuffleOptions.THREADS));
    }

    /**
     * Who serves results on YARN.
     *
     * @throws MillraceException {@code INVALID_OPTION} if the nodes shall, but results are to be
     *     where they do not look
     */
    public static ShuffleServer serverOnYarn(Config config) {
        ShuffleServer server = config.get(ShuffleOptions.SERVER);
        if (config.find(ShuffleOptions.DIRECTORIES).isEmpty()) {
            return server;
        }
        if (server == ShuffleServer.NODE) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '"
                            + ShuffleOptions.SERVER
                            + "' is 'node', but the shuffle service of a node serves only what is"
                            + " in the container's directories, and '"
                            + ShuffleOptions.DIRECTORIES
                            + "' names others. Leave out one of the two.");
        }
        return ShuffleServer.WORKER;
    }

    private static long shareOfHeap() {
        Runtime process = Runtime.getRuntime();
        return Math.max(
                LEAST_MEMORY_BYTES, process.maxMemory() / 8 / process.availableProcessors());
    }

    private static List<Path> directoriesOf(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
    }
}
