package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text lines, which end with {@code \n}, {@code \r\n} or {@code \r}; the line is given without its
 * end. Immutable.
 */
public class TextLineInputFormat implements StreamFormat<String> {
    private static final long serialVersionUID = 1L;
    public static final String DEFAULT_CHARSET_NAME = "UTF-8";

    private final String charsetName;

    public TextLineInputFormat() {
        this(DEFAULT_CHARSET_NAME);
    }

    /**
     * @param charsetName one in which no other character contains the bytes of a line end: UTF-8,
     *     ASCII and the ISO-8859 family, not UTF-16
     * @throws java.nio.charset.UnsupportedCharsetException if Java does not know it
     */
    public TextLineInputFormat(String charsetName) {
        if (Charset.forName(charsetName).name().startsWith("UTF-16")
                || Charset.forName(charsetName).name().startsWith("UTF-32")) {
            throw new IllegalArgumentException(
                    "text lines cannot be found in " + charsetName + ": use UTF-8, or convert");
        }
        this.charsetName = charsetName;
    }

    @Override
    public StreamFormat.Reader<String> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException {
        long start = stream.getPos();
        if (start == 0) {
            return new LineReader(stream, 0, splitEnd, charset());
        }
        // A line belongs to the split in which it begins. The byte before tells whether one begins
        // right here: the end of the line that holds that byte is where our first line begins.
        stream.seek(start - 1);
        LineReader reader = new LineReader(stream, start - 1, splitEnd, charset());
        reader.skipLine();
        return reader;
    }

    /** A reader of a whole file. */
    public Reader createReader(Configuration config, FSDataInputStream stream) throws IOException {
        return new Reader(new LineReader(stream, 0, Long.MAX_VALUE, charset()));
    }

    @Override
    public StreamFormat.Reader<String> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException {
        stream.seek(restoredOffset);
        return new LineReader(stream, restoredOffset, splitEnd, charset());
    }

    private Charset charset() {
        return charsetName.equals(DEFAULT_CHARSET_NAME)
                ? StandardCharsets.UTF_8
                : Charset.forName(charsetName);
    }

    @Override
    public boolean isSplittable() {
        return true;
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    /** The lines of a file. Confined to its task. */
    public static final class Reader implements StreamFormat.Reader<String> {
        private final LineReader lines;

        private Reader(LineReader lines) {
            this.lines = lines;
        }

        @Override
        public String read() throws IOException {
            return lines.read();
        }

        @Override
        public CheckpointedPosition getCheckpointedPosition() {
            return lines.getCheckpointedPosition();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
