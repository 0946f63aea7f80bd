package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;

/** Compressed input files, known by their names. Pure. */
final class Compression {
    /** Read as they are, these would give rubbish and no error. */
    private static final Set<String> NOT_READ =
            Set.of("zst", "zstd", "lz4", "snappy", "lzo", "zip");

    /** Ends of names, without the dot. */
    static final Collection<String> READ = StandardDeCompressors.getCommonSuffixes();

    private Compression() {}

    /**
     * @throws MillraceException if the name says that the file is compressed in a way that is not
     *     read
     */
    static void requireKnown(Path path) {
        if (NOT_READ.contains(extension(path))) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    path
                            + " is compressed in a way that the file source does not read. It reads"
                            + " .gz, .gzip, .deflate, .bz2, .xz and plain files; convert it, or"
                            + " leave it out.");
        }
    }

    static boolean isCompressed(Path path) {
        return READ.contains(extension(path));
    }

    /** In lower case; empty if there is none. */
    private static String extension(Path path) {
        String name = path.getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IOException if the bytes are not what the name says
     */
    static InputStream decompressed(Path path, InputStream stream) throws IOException {
        try {
            return StandardDeCompressors.getDecompressorForExtension(extension(path))
                    .create(stream);
        } catch (XZIOException e) {
            throw malformed(e);
        }
    }

    /** As it is known for all kinds of compressed files. */
    static ZipException malformed(XZIOException cause) {
        ZipException malformed = new ZipException("not a whole xz file: " + cause.getMessage());
        malformed.initCause(cause);
        return malformed;
    }
}
