package io.millrace.api.input;

import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;

/** Reads records that a delimiter ends; the last one needs none. Confined to its task. */
/* A record belongs to the split that its first byte lies in, or follows at once. So a split that does not
 * begin with its file looks for the end of a delimiter behind its beginning, and a split reads on until
 * a record begins behind its end. The buffer holds the rest of what was read; a record that goes on
 * behind it is moved to the front first, and if it fills the buffer, that doubles.
 */
public abstract class DelimitedInputFormat<OT> extends FileInputFormat<OT>
        implements CheckpointableInputFormat<FileInputSplit, Long> {
    private static final long serialVersionUID = 1L;

    /** The option that {@link #configure} takes the delimiter from, if it is set. */
    protected static final String RECORD_DELIMITER = "delimited-format.delimiter";

    private static final int DEFAULT_BUFFER_BYTES = 1 << 20;

    /** Where the record of the last {@link #readLine} is. */
    protected transient byte[] currBuffer;

    protected transient int currOffset;

    /** Bytes, without the delimiter. */
    protected transient int currLen;

    private String charsetName = "UTF-8";
    // Null for bytes that were given as they are.
    private String delimiterText = "\n";
    private byte[] delimiter = {'\n'};
    private int lineLengthLimit = Integer.MAX_VALUE;
    private int bufferSize = -1;
    private int numLineSamples = -1;

    private transient byte[] buffer;
    // The part of the buffer that is not read yet.
    private transient int from;
    private transient int to;
    // Of the first byte that is not read yet, in the file.
    private transient long position;
    private transient long endPosition;
    private transient boolean endOfFile;
    private transient boolean end;

    public DelimitedInputFormat() {
        this(null, null);
    }

    /**
     * @param filePath null to be set later
     * @param configuration null for none
     */
    protected DelimitedInputFormat(Path filePath, Configuration configuration) {
        super(filePath);
        if (configuration != null) {
            takeDelimiter(configuration);
        }
    }

    public Charset getCharset() {
        return Charset.forName(charsetName);
    }

    /**
     * Of a delimiter that was given as text, and of what subclasses read.
     *
     * @throws java.nio.charset.UnsupportedCharsetException if Java does not know it
     */
    public void setCharset(String charset) {
        this.charsetName = Charset.forName(charset).name();
        if (delimiterText != null) {
            this.delimiter = delimiterText.getBytes(getCharset());
        }
    }

    public byte[] getDelimiter() {
        return delimiter.clone();
    }

    public void setDelimiter(byte[] delimiter) {
        requireSome(delimiter.length);
        this.delimiter = delimiter.clone();
        this.delimiterText = null;
    }

    public void setDelimiter(char delimiter) {
        setDelimiter(String.valueOf(delimiter));
    }

    public void setDelimiter(String delimiter) {
        requireSome(delimiter.length());
        this.delimiterText = delimiter;
        this.delimiter = delimiter.getBytes(getCharset());
    }

    private static void requireSome(int length) {
        if (length == 0) {
            throw new IllegalArgumentException("An empty delimiter ends no record.");
        }
    }

    public int getLineLengthLimit() {
        return lineLengthLimit;
    }

    /**
     * A longer record fails the job.
     *
     * @param lineLengthLimit bytes, at least 1
     */
    public void setLineLengthLimit(int lineLengthLimit) {
        if (lineLengthLimit < 1) {
            throw new IllegalArgumentException(
                    "A record may have at least 1 byte, not " + lineLengthLimit + ".");
        }
        this.lineLengthLimit = lineLengthLimit;
    }

    /** -1 for the default of 1 MiB. */
    public int getBufferSize() {
        return bufferSize;
    }

    /**
     * @param bufferSize bytes, at least 2
     */
    public void setBufferSize(int bufferSize) {
        if (bufferSize < 2) {
            throw new IllegalArgumentException(
                    "The buffer has at least 2 bytes, not " + bufferSize + ".");
        }
        this.bufferSize = bufferSize;
    }

    /** -1 for none that was set. */
    public int getNumLineSamples() {
        return numLineSamples;
    }

    /**
     * Has no effect: nothing here plans by statistics.
     *
     * @param numLineSamples at least 0
     */
    public void setNumLineSamples(int numLineSamples) {
        if (numLineSamples < 0) {
            throw new IllegalArgumentException(
                    "At least 0 lines may be sampled, not " + numLineSamples + ".");
        }
        this.numLineSamples = numLineSamples;
    }

    /**
     * Makes a record of its bytes, which change after the call.
     *
     * @param reuse the record of the call before; null at first
     * @return null to leave the record out
     */
    public abstract OT readRecord(OT reuse, byte[] bytes, int offset, int numBytes)
            throws IOException;

    @Override
    public void configure(Configuration parameters) {
        super.configure(parameters);
        takeDelimiter(parameters);
    }

    private void takeDelimiter(Configuration parameters) {
        String given = parameters.getString(RECORD_DELIMITER, null);
        if (given != null) {
            setDelimiter(given);
        }
    }

    @Override
    public void open(FileInputSplit split) throws IOException {
        super.open(split);
        begin(split);
        if (splitStart > 0) {
            skipTo(Math.max(0, splitStart + 1 - delimiter.length));
            // What ends here began in the split before.
            if (!readLine()) {
                end = true;
            }
        }
        initializeSplit(split, null);
    }

    private void begin(FileInputSplit split) {
        buffer = new byte[bufferSize < 0 ? DEFAULT_BUFFER_BYTES : bufferSize];
        from = 0;
        to = 0;
        position = splitStart;
        endPosition = splitLength < 0 ? Long.MAX_VALUE : splitStart + splitLength;
        endOfFile = false;
        end = split.getLength() == 0;
    }

    private void skipTo(long place) throws IOException {
        stream.seek(place);
        position = place;
    }

    /** Called when a split is open, for subclasses that read something before its records. */
    protected void initializeSplit(FileInputSplit split, Long state) throws IOException {}

    @Override
    public boolean reachedEnd() {
        return end;
    }

    @Override
    public OT nextRecord(OT record) throws IOException {
        return readLine() ? readRecord(record, currBuffer, currOffset, currLen) : null;
    }

    /** Reads the next record's bytes; returns false at the end of the split. */
    protected final boolean readLine() throws IOException {
        if (end || position > endPosition) {
            end = true;
            return false;
        }
        int searched = from;
        while (true) {
            int found = find(searched);
            if (found >= 0) {
                return line(found - from, found + delimiter.length);
            }
            searched = Math.max(from, to - delimiter.length + 1);
            if (endOfFile) {
                end = true;
                return to > from && line(to - from, to);
            }
            requireShort(to - from - delimiter.length);
            searched -= from;
            fill();
            searched += from;
        }
    }

    private boolean line(int length, int next) throws IOException {
        requireShort(length);
        currBuffer = buffer;
        currOffset = from;
        currLen = length;
        position += next - from;
        from = next;
        return true;
    }

    private void requireShort(int length) throws IOException {
        if (length > lineLengthLimit) {
            throw new IOException(
                    "A record is longer than "
                            + lineLengthLimit
                            + " bytes, from byte "
                            + position
                            + " of "
                            + currentSplit.getPath()
                            + ". Set a higher limit with setLineLengthLimit(…), or check the"
                            + " delimiter.");
        }
    }

    /** The place of the next delimiter in the buffer; -1 if there is none. */
    private int find(int start) {
        int last = to - delimiter.length;
        byte first = delimiter[0];
        for (int i = start; i <= last; i++) {
            if (buffer[i] == first
                    && (delimiter.length == 1
                            || Arrays.equals(
                                    buffer,
                                    i,
                                    i + delimiter.length,
                                    delimiter,
                                    0,
                                    delimiter.length))) {
                return i;
            }
        }
        return -1;
    }

    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        } else if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
        }
        int count = stream.read(buffer, to, buffer.length - to);
        if (count < 0) {
            endOfFile = true;
        } else {
            to += count;
        }
    }

    @Override
    public Long getCurrentState() throws IOException {
        return end ? Long.valueOf(-1) : Long.valueOf(position);
    }

    /** -1 stands for the end of the split. */
    @Override
    public void reopen(FileInputSplit split, Long state) throws IOException {
        super.open(split);
        begin(split);
        if (state < 0) {
            end = true;
        } else {
            skipTo(state);
        }
        initializeSplit(split, state);
    }

    @Override
    public void close() throws IOException {
        buffer = null;
        currBuffer = null;
        super.close();
    }
}
