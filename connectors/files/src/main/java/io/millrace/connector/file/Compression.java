package io.millrace.connector.file;

import io.millrace.api.file.Path;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Compressed input files, known by their names. Pure. */
final class Compression {
    private static final int BUFFER_BYTES = 64 << 10;

    private Compression() {}

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
