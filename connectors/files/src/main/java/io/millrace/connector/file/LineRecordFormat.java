package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A format whose records are lines of text in UTF-8, so that files are read from any byte on. A
 * line that is no record ends the job with its place, or is passed over, as the format was told.
 * Blank lines are passed over. Immutable.
 */
public abstract class LineRecordFormat<T> implements StreamFormat<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LineRecordFormat.class);

    private final boolean ignoreParseErrors;

    /**
     * @param ignoreParseErrors whether lines that are no records are passed over and counted in the
     *     log
     */
    protected LineRecordFormat(boolean ignoreParseErrors) {
        this.ignoreParseErrors = ignoreParseErrors;
    }

    /** Makes records of lines. Confined to its task. */
    @FunctionalInterface
    public interface LineParser<T> extends Serializable {
        /**
         * @param line without its end, and not blank
         * @return null to pass the line over
         * @throws IOException if it is no record
         */
        T parse(String line) throws IOException;

        /**
         * The same of the line's bytes, for parsers that need no text of it.
         *
         * @param bytes not to be kept, nor written to
         * @return null to pass the line over
         * @throws IOException if it is no record
         */
        default T parse(byte[] bytes, int offset, int length) throws IOException {
            return parse(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    /** A parser for one file, from its beginning or from a line in the middle on. */
    protected abstract LineParser<T> createParser(Configuration config) throws IOException;

    @Override
    public final Reader<T> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException {
        return new Records<>(
                new TextLineInputFormat().createReader(config, stream, fileLen, splitEnd),
                createParser(config),
                ignoreParseErrors);
    }

    @Override
    public final Reader<T> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException {
        return new Records<>(
                new TextLineInputFormat()
                        .restoreReader(config, stream, restoredOffset, fileLen, splitEnd),
                createParser(config),
                ignoreParseErrors);
    }

    @Override
    public final boolean isSplittable() {
        return true;
    }

    /** The records of the lines of a split. Confined to its task. */
    private static final class Records<T> implements Reader<T>, LineReader.LineTaker {
        private final LineReader lines;
        private final LineParser<T> parser;
        private final boolean ignoreParseErrors;
        private T record; // of the line that was taken last; null if it was passed over
        private long passedOver;
        private long firstOffset;

        Records(Reader<String> lines, LineParser<T> parser, boolean ignoreParseErrors) {
            this.lines = (LineReader) lines;
            this.parser = parser;
            this.ignoreParseErrors = ignoreParseErrors;
        }

        @Override
        public T read() throws IOException {
            record = null;
            while (record == null && lines.give(this)) {
                // blank, or passed over
            }
            return record;
        }

        @Override
        public void take(byte[] bytes, int from, int length, long offset) throws IOException {
            if (isBlank(bytes, from, length)) {
                return;
            }
            try {
                record = parser.parse(bytes, from, length);
            } catch (IOException e) {
                if (!ignoreParseErrors) {
                    throw new MalformedFileException(
                            "the line that begins at byte "
                                    + offset
                                    + " is no record: "
                                    + e.getMessage(),
                            e);
                }
                firstOffset = passedOver == 0 ? offset : firstOffset;
                passedOver++;
            }
        }

        /** As {@link String#isBlank} says. */
        private static boolean isBlank(byte[] bytes, int from, int length) {
            for (int at = from; at < from + length; at++) {
                if (bytes[at] < 0) {
                    return new String(bytes, from, length, StandardCharsets.UTF_8).isBlank();
                }
                if (!Character.isWhitespace(bytes[at])) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public CheckpointedPosition getCheckpointedPosition() {
            return lines.getCheckpointedPosition();
        }

        @Override
        public void close() throws IOException {
            if (passedOver > 0) {
                LOG.warn(
                        "passed over malformed lines of a split. lines={} firstOffset={}",
                        passedOver,
                        firstOffset);
                passedOver = 0;
            }
            lines.close();
        }
    }
}
