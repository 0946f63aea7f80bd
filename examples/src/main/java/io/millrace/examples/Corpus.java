package io.millrace.examples;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A real text to try things on: the King James translation of the Bible, 4.3 MB, repeated as often
 * as it takes to fill a wanted size.
 */
public final class Corpus {
    private static final String TEXT = "king-james.txt.gz";

    private Corpus() {}

    /** The text once, in UTF-8. */
    public static byte[] text() throws IOException {
        try (InputStream resource = Corpus.class.getResourceAsStream(TEXT);
                InputStream content = new GZIPInputStream(resource)) {
            return content.readAllBytes();
        }
    }

    /**
     * Writes the text, repeated, into files of a directory.
     *
     * @param minBytes size of all files together at least
     * @param files how many; each holds the text a whole number of times
     * @return what was written
     */
    public static List<Path> write(Path directory, long minBytes, int files) throws IOException {
        byte[] text = text();
        FileSystem fileSystem = directory.getFileSystem();
        fileSystem.mkdirs(directory);
        long copies = Math.max(files, (minBytes + text.length - 1) / text.length);
        List<Path> written = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            Path path = new Path(directory, String.format("king-james-%02d.txt", file));
            try (OutputStream out = fileSystem.create(path, FileSystem.WriteMode.OVERWRITE)) {
                for (long copy = file; copy < copies; copy += files) {
                    out.write(text);
                }
            }
            written.add(path);
        }
        return written;
    }
}
