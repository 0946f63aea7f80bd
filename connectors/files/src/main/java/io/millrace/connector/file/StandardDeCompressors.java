package io.millrace.connector.file;

import io.millrace.api.input.InflaterInputStreamFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.tukaani.xz.XZInputStream;

/** The kinds of compressed files that are read, known by the ends of their names. Stateless. */
public final class StandardDeCompressors {
    private static final int BUFFER_BYTES = 64 << 10;

    /** A file may ask for much memory to be read; one that asks for more is refused. */
    private static final int MAX_XZ_MEMORY_KIB = 256 << 10;

    static final List<InflaterInputStreamFactory<?>> ALL =
            List.of(
                    new Kind(
                            Set.of("deflate"),
                            in ->
                                    new InflaterInputStream(
                                            new BufferedInputStream(in, BUFFER_BYTES))),
                    new Kind(Set.of("gz", "gzip"), in -> new GZIPInputStream(in, BUFFER_BYTES)),
                    new Kind(Set.of("bz2"), Bzip2Stream::new),
                    new Kind(
                            Set.of("xz"),
                            in ->
                                    new XZInputStream(
                                            new BufferedInputStream(in, BUFFER_BYTES),
                                            MAX_XZ_MEMORY_KIB)));

    private StandardDeCompressors() {}

    /** What opens a kind of files. */
    private interface Opener {
        InputStream open(InputStream in) throws IOException;
    }

    /** One kind. */
    private record Kind(Set<String> extensions, Opener opener)
            implements InflaterInputStreamFactory<InputStream> {
        @Override
        public InputStream create(InputStream in) throws IOException {
            return opener.open(in);
        }

        @Override
        public Collection<String> getCommonFileExtensions() {
            return extensions;
        }
    }

    /** Ends of names, without the dot, in their order. */
    public static Collection<String> getCommonSuffixes() {
        Set<String> all = new TreeSet<>();
        ALL.forEach(kind -> all.addAll(kind.getCommonFileExtensions()));
        return all;
    }

    /**
     * @param extension without the dot, in any case
     * @return null if such files are not known to be compressed
     */
    public static InflaterInputStreamFactory<?> getDecompressorForExtension(String extension) {
        String key = extension.toLowerCase(Locale.ROOT);
        for (InflaterInputStreamFactory<?> kind : ALL) {
            if (kind.getCommonFileExtensions().contains(key)) {
                return kind;
            }
        }
        return null;
    }

    /** Null if the name does not say that the file is compressed. */
    public static InflaterInputStreamFactory<?> getDecompressorForFileName(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? null : getDecompressorForExtension(fileName.substring(dot + 1));
    }
}
