package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Compressed input files, known by their names. Pure. */
final class Compression {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Read as they are, these would give rubbish and no error. */
    private static final Set<String> NOT_READ =
            Set.of("bz2", "xz", "zst", "zstd", "lz4", "snappy", "lzo", "deflate", "zip");

    private Compression() {}

    /**
     * @throws MillraceException if the name says that the file is compressed in a way that is not
     *     read
     */
    static void requireKnown(Path path) {
        String name = path.getName();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (name.contains(".") && NOT_READ.contains(extension)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    path
                            + " is compressed in a way that the file source does not read. It reads"
                            + " .gz, .gzip and plain files; convert it, or leave it out.");
        }
    }

    static boolean isCompressed(Path path) {
        return path.getName().endsWith(".gz") || path.getName().endsWith(".gzip");
    }

    /**
     * @throws IOException if the bytes are not what the name says
     */
    static InputStream decompressed(InputStream stream) throws IOException {
        return new GZIPInputStream(stream, BUFFER_BYTES);
    }
}
