package io.millrace.batch.shuffle;

import java.nio.file.Path;

/**
 * The files of one result; where they are and how they are called is the {@link ResultLayout}'s.
 * Immutable.
 *
 * @param data beside it, while it is written: {@code .part} and {@code .spill}
 * @param index beside it, while it is written: {@code .part}
 */
record ResultPaths(Path data, Path index) {
    private static Path and(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    Path spill() {
        return and(data, ".spill");
    }

    Path dataPart() {
        return and(data, ".part");
    }

    Path indexPart() {
        return and(index, ".part");
    }
}
