package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;

/**
 * A column that is not repeated: gives the values of the next rows as an array. Confined to its
 * task.
 */
/* A step reads up to BATCH_ROWS values, from as many pages as it needs. Which of them are null comes
 * first; the values that are there are then decoded to the front of the step's part of the array, in
 * one loop without conditions, and moved apart from the end on. Plain and dictionary pages are decoded
 * by the subclasses; for any other encoding parquet-java's reader gives one value after the other. */
abstract class FlatColumn {
    /** As many values of each column are decoded at once. */
    static final int BATCH_ROWS = 1024;

    /** Whether the value of a row of the batch is null; never, if the column has no nulls. */
    final boolean[] absent = new boolean[BATCH_ROWS];

    /** Whether any is. */
    boolean anyAbsent;

    private final ColumnDescriptor descriptor;
    private final String createdBy;
    private final String where;
    private final boolean optional;
    private final int maxDefinition;

    /** Of a column within groups, which may be absent too; else null. */
    private final int[] definitions;

    private final HybridReader levels = new HybridReader();
    private final HybridReader positions = new HybridReader();
    private final int[] ids = new int[BATCH_ROWS];

    private final PageBuffers buffers = new PageBuffers();
    private ColumnPages pages;
    private Page page;
    private int left;
    private int absentInPage;

    /** Null if levels are read by ours. */
    private ValuesReader otherLevels;

    /** How the values of the page are read. */
    private Mode mode = Mode.PLAIN;

    /** In the page, of the next plain value. */
    private int at;

    /** Null if values are read by ours. */
    private ValuesReader other;

    private int dictionarySize;

    private enum Mode {
        PLAIN,
        DICTIONARY,
        BITS,
        OTHER
    }

    FlatColumn(ColumnDescriptor descriptor, String createdBy, String where) {
        this.descriptor = descriptor;
        this.createdBy = createdBy;
        this.where = where + ", column " + String.join(".", descriptor.getPath());
        this.maxDefinition = descriptor.getMaxDefinitionLevel();
        this.optional = maxDefinition > 0;
        this.definitions = maxDefinition > 1 ? new int[BATCH_ROWS] : null;
    }

    /** Whether it is not nested. */
    static boolean isFlat(ColumnDescriptor descriptor) {
        return descriptor.getMaxRepetitionLevel() == 0
                && descriptor.getMaxDefinitionLevel() <= 1
                && descriptor.getPath().length == 1;
    }

    /** How much of the groups around the value, and of itself, is there in a row of the batch. */
    final int definition(int row) {
        if (definitions != null) {
            return definitions[row];
        }
        return absent[row] ? 0 : maxDefinition;
    }

    final ColumnDescriptor descriptor() {
        return descriptor;
    }

    /** For the pages of its groups, one group at a time. */
    final PageBuffers buffers() {
        return buffers;
    }

    final String where() {
        return where;
    }

    /** Begins a row group. */
    final void open(ColumnPages ofGroup) {
        pages = ofGroup;
        page = null;
        other = null;
        left = 0;
        dictionarySize = -1;
    }

    /** Decodes the values of the next rows into places 0 to {@code rows}. */
    final void read(int rows) throws IOException {
        anyAbsent = false;
        beginBatch();
        try {
            for (int row = 0; row < rows; ) {
                if (left == 0) {
                    nextPage();
                }
                int n = Math.min(left, rows - row);
                decode(row, n);
                row += n;
                left -= n;
                if (left == 0) {
                    endPage();
                }
            }
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Malformed.file(where, "a page cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** A group's rows have been read: nothing may be left of the column. */
    final void end() throws IOException {
        if (left > 0 || pages.next() != null) {
            throw Malformed.file(where, "it has more values than its row group has rows");
        }
    }

    private void nextPage() throws IOException {
        do {
            page = pages.next();
            if (page == null) {
                throw Malformed.file(where, "it has fewer values than its row group has rows");
            }
            if (page.kind() == Page.Kind.DICTIONARY) {
                readDictionary();
            }
        } while (page.kind() == Page.Kind.DICTIONARY || page.values() == 0);
        left = page.values();
        absentInPage = 0;
        if (page.rows() >= 0 && page.rows() != page.values()) {
            throw Malformed.file(
                    where, "a page has " + page.rows() + " rows and " + page.values() + " values");
        }
        beginValues(beginLevels());
    }

    private void readDictionary() {
        if (page.encoding() != Encoding.PLAIN && page.encoding() != Encoding.PLAIN_DICTIONARY) {
            throw Malformed.file(where, "a dictionary is encoded as " + page.encoding());
        }
        int end = dictionary(page.bytes(), page.length(), page.values());
        if (end != page.length()) {
            throw Malformed.file(
                    where,
                    "a dictionary of "
                            + page.values()
                            + " entries has "
                            + page.length()
                            + " bytes, used are "
                            + end);
        }
        dictionarySize = page.values();
    }

    /** Where the values begin in the page. */
    private int beginLevels() throws IOException {
        otherLevels = null;
        if (page.kind() == Page.Kind.DATA_V2) {
            int begin = page.repetitionBytes();
            int end = begin + page.definitionBytes();
            levels.reset(page.bytes(), begin, end, levelBits());
            return end;
        }
        if (!optional) {
            return 0;
        }
        if (page.definitionEncoding() != Encoding.RLE) {
            ByteBufferInputStream in = stream(0);
            otherLevels =
                    page.definitionEncoding()
                            .getValuesReader(descriptor, ValuesType.DEFINITION_LEVEL);
            otherLevels.initFromPage(page.values(), in);
            return (int) in.position();
        }
        int bytes = page.length() < 4 ? -1 : LittleEndian.intAt(page.bytes(), 0);
        if (bytes < 0 || bytes > page.length() - 4) {
            throw Malformed.file(where, "levels of " + bytes + " bytes in " + page.length());
        }
        levels.reset(page.bytes(), 4, 4 + bytes, levelBits());
        return 4 + bytes;
    }

    private int levelBits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(maxDefinition);
    }

    private ByteBufferInputStream stream(int from) {
        return ByteBufferInputStream.wrap(
                ByteBuffer.wrap(page.bytes(), from, page.length() - from).slice());
    }

    private void beginValues(int from) throws IOException {
        at = from;
        byte[] bytes = page.bytes();
        Encoding encoding = page.encoding();
        boolean bits = hasBitRuns() && encoding == Encoding.RLE;
        if (encoding == Encoding.PLAIN) {
            mode = Mode.PLAIN;
            beginPlain();
        } else if (encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY) {
            if (dictionarySize < 0) {
                throw Malformed.file(where, "a page of dictionary positions, but no dictionary");
            }
            mode = Mode.DICTIONARY;
            // A page of nulls only may have no bytes at all.
            int width = from < page.length() ? bytes[from] : 0;
            positions.reset(bytes, Math.min(from + 1, page.length()), page.length(), width);
        } else if (bits) {
            mode = Mode.BITS;
            int length = from + 4 > page.length() ? 0 : LittleEndian.intAt(bytes, from);
            if (length < 0 || length > page.length() - from - 4 && length > 0) {
                throw Malformed.file(where, "truth values of " + length + " bytes");
            }
            int begin = Math.min(from + 4, page.length());
            positions.reset(bytes, begin, begin + length, 1);
        } else {
            mode = Mode.OTHER;
            beginOther(encoding, from);
        }
    }

    private void beginOther(Encoding encoding, int from) throws IOException {
        ValuesReader previous = other;
        other = encoding.getValuesReader(descriptor, ValuesType.VALUES);
        other.initFromPage(page.values(), stream(from));
        if (previous != null
                && other instanceof RequiresPreviousReader reader
                && CorruptDeltaByteArrays.requiresSequentialReads(createdBy, encoding)) {
            reader.setPreviousReader(previous);
        }
    }

    private void decode(int from, int count) {
        int present = count;
        if (optional) {
            present = otherLevels != null ? otherPresent(from, count) : present(from, count);
            anyAbsent |= present < count;
            absentInPage += count - present;
        }
        switch (mode) {
            case PLAIN -> at = plain(page.bytes(), at, page.length(), from, present);
            case DICTIONARY -> {
                positions.read(ids, 0, present);
                lookUp(ids, from, present);
            }
            case BITS -> {
                positions.read(ids, 0, present);
                bits(ids, from, present);
            }
            case OTHER -> other(other, from, present);
        }
        if (present < count) {
            spread(from, count, present);
        }
    }

    private int present(int from, int count) {
        if (definitions == null) {
            return levels.readPresent(absent, from, count);
        }
        levels.read(definitions, from, count);
        int present = 0;
        for (int i = from; i < from + count; i++) {
            present += noteDefinition(i, definitions[i]);
        }
        return present;
    }

    private int otherPresent(int from, int count) {
        int present = 0;
        for (int i = from; i < from + count; i++) {
            present += noteDefinition(i, otherLevels.readInteger());
        }
        return present;
    }

    /** One if the value is there, else none. */
    private int noteDefinition(int row, int definition) {
        if (definition > maxDefinition) {
            throw new IllegalStateException(
                    "a level of " + definition + ", the deepest is " + maxDefinition);
        }
        if (definitions != null) {
            definitions[row] = definition;
        }
        absent[row] = definition < maxDefinition;
        return absent[row] ? 0 : 1;
    }

    /** What is left of a page tells whether it was read as it was written. */
    private void endPage() {
        if (mode == Mode.PLAIN && plainEnd(at) != page.length()) {
            throw Malformed.file(
                    where, "a page of " + page.length() + " bytes has only " + at + " of values");
        }
        if (page.nulls() >= 0 && page.nulls() != absentInPage) {
            throw Malformed.file(
                    where, "a page has " + absentInPage + " nulls instead of " + page.nulls());
        }
    }

    /** Moves the decoded values, which lie at the front, to their rows. */
    private void spread(int from, int count, int present) {
        int source = from + present - 1;
        for (int row = from + count - 1; row >= from; row--) {
            if (!absent[row]) {
                move(source--, row);
            }
        }
    }

    /** Whether the pages of the encoding RLE are truth values. */
    boolean hasBitRuns() {
        return false;
    }

    /** The values of other rows follow. */
    void beginBatch() {}

    /** A page of plain values begins. */
    void beginPlain() {}

    /** Behind the last plain value; where that is within a byte, behind the byte. */
    int plainEnd(int position) {
        return position;
    }

    /** Decodes a dictionary; returns the place behind it. */
    abstract int dictionary(byte[] bytes, int length, int entries);

    /** Decodes plain values; returns the place behind them. */
    abstract int plain(byte[] bytes, int position, int length, int from, int count);

    /** Fails with an {@code IndexOutOfBounds} for what the dictionary has not. */
    abstract void lookUp(int[] dictionaryPositions, int from, int count);

    /** Truth values as numbers; only where {@link #hasBitRuns}. */
    void bits(int[] values, int from, int count) {
        throw new IllegalStateException("not a column of truth values");
    }

    abstract void other(ValuesReader reader, int from, int count);

    abstract void move(int from, int to);

    /** The value of a row of the batch, as a program has it; null if it is absent. */
    abstract Object value(int row);

    static void requireBytes(int position, long bytes, int length) {
        if (bytes < 0 || position > length - bytes) {
            throw new IllegalStateException(
                    bytes + " bytes of values from " + position + " on in a page of " + length);
        }
    }
}
