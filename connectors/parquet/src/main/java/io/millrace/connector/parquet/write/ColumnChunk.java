package io.millrace.connector.parquet.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The finished pages of a column in a row group, and their dictionary. Pages are of version 1,
 * which every reader has. Confined to its column.
 */
/* A dictionary is given up for the rest of the row group when the first page is not smaller by it, or when it
 * becomes larger than it may be. Pages that have used it keep it: both rules are parquet-java's. Where no page
 * has used it, most likely the next row groups have none to use it either: it is tried again after some. */
final class ColumnChunk {
    /** Row groups without a dictionary after one in which it was of no use. */
    private static final int GROUPS_WITHOUT = 7;

    /** Differences must save one part of so many: plain numbers are read faster. */
    private static final int WORTHWHILE = 8;

    private final ColumnDescriptor descriptor;
    private final ColumnSettings settings;
    private final BytesInputCompressor compressor;
    private final boolean mayHaveDeltas;
    private final Scratch scratch;
    private final PageStatistics.Order order;
    private final int definitionBits;
    private final int repetitionBits;
    private final List<StoredPage> pages = new ArrayList<>();
    private Dictionary dictionary; // null until it is needed
    private boolean dictionaryOpen;
    private boolean deltasOpen;
    private boolean compressed; // all pages, if any
    private int groupsWithout; // that are to come
    private int dictionaryUsed;
    private int dictionaryUsedBytes;
    private long storedBytes;
    private long values;

    ColumnChunk(
            ColumnDescriptor descriptor,
            ColumnSettings settings,
            BytesInputCompressor compressor,
            Scratch scratch) {
        this.descriptor = descriptor;
        this.settings = settings;
        this.compressor = compressor;
        this.scratch = scratch;
        this.order = PageStatistics.orderOf(descriptor.getPrimitiveType());
        this.definitionBits = HybridEncoding.widthOf(descriptor.getMaxDefinitionLevel());
        this.repetitionBits = HybridEncoding.widthOf(descriptor.getMaxRepetitionLevel());
        PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        this.mayHaveDeltas =
                settings.deltas()
                        && (type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64);
        this.dictionaryOpen = mayHaveDictionary();
        this.deltasOpen = mayHaveDeltas;
    }

    /** Version 1 has none for truth values and bytes of fixed length. */
    private boolean mayHaveDictionary() {
        PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        return settings.dictionaries()
                && type != PrimitiveTypeName.BOOLEAN
                && type != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    long bytes() {
        return storedBytes + (dictionary == null ? 0 : dictionary.bytes());
    }

    /** Encodes a page and keeps it. */
    void add(PageValues present, Levels levels, int rows) {
        try {
            addPage(present, levels, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a page of column '"
                            + String.join(".", descriptor.getPath())
                            + "' could not be compressed by "
                            + settings.codec(),
                    e);
        }
    }

    private void addPage(PageValues present, Levels levels, int rows) throws IOException {
        int entries = levels.count(present.count);
        PageBytes page = scratch.page;
        page.length = 0;
        levels.write(repetitionBits, definitionBits, present.count, scratch);
        Encoding encoding = Encoding.PLAIN;
        // A first page of nothing but nulls says nothing about the values that come.
        boolean tried = dictionaryOpen && (present.count > 0 || dictionaryUsed > 0);
        if (tried && writeIds(present, page)) {
            encoding = Encoding.PLAIN_DICTIONARY;
        } else if (deltasOpen && present.count > 0 && writeDeltas(present, page)) {
            encoding = Encoding.DELTA_BINARY_PACKED;
        } else {
            present.writePlain(page);
        }
        if (pages.isEmpty()) {
            compressed = encoding != Encoding.DELTA_BINARY_PACKED;
        }
        Statistics<?> statistics = PageStatistics.of(present, order, entries - present.count);
        SizeStatistics sizes = sizes(present, levels);
        BytesInput bytes = stored(page);
        pages.add(new StoredPage(bytes, page.length, entries, rows, statistics, sizes, encoding));
        storedBytes += bytes.size();
        values += entries;
    }

    /** Nothing is written if the dictionary was given up. */
    private boolean writeIds(PageValues present, PageBytes page) {
        if (dictionary == null) {
            dictionary = Dictionary.of(present);
        }
        int[] ids = scratch.numbers(present.count);
        int start = page.length;
        boolean fits = dictionary.place(present, ids, settings.dictionaryBytes());
        if (fits) {
            int width = HybridEncoding.widthOf(dictionary.size() - 1);
            page.putByte(width);
            HybridEncoding.write(ids, present.count, width, page);
            long written = (long) page.length - start + dictionary.bytes();
            if (dictionaryUsed > 0 || written < present.plainBytes()) {
                dictionaryUsed = dictionary.size();
                dictionaryUsedBytes = dictionary.bytes();
                return true;
            }
        }
        page.length = start;
        dictionaryOpen = false;
        if (dictionaryUsed == 0) {
            dictionary = null;
            groupsWithout = GROUPS_WITHOUT + 1; // with this one
        } else {
            dictionary.cutTo(dictionaryUsed, dictionaryUsedBytes);
        }
        return false;
    }

    /** Nothing is written if plain numbers are as small; later pages do not try it then. */
    private boolean writeDeltas(PageValues present, PageBytes page) {
        int start = page.length;
        present.writeDeltas(scratch.deltas, page);
        if (page.length - start <= present.plainBytes() / WORTHWHILE * (WORTHWHILE - 1)) {
            return true;
        }
        page.length = start;
        deltasOpen = false;
        return false;
    }

    /** What the file has of a page. */
    private BytesInput stored(PageBytes page) throws IOException {
        return compressed
                ? compressor.compress(BytesInput.from(page.bytes, 0, page.length))
                : BytesInput.from(page.copy());
    }

    private SizeStatistics sizes(PageValues present, Levels levels) {
        PrimitiveType type = descriptor.getPrimitiveType();
        long bytes =
                type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                        ? present.plainBytes() - (long) present.count * Integer.BYTES
                        : 0;
        return new SizeStatistics(
                type,
                bytes,
                levels.repetitionCounts(descriptor.getMaxRepetitionLevel()),
                levels.definitionCounts(descriptor.getMaxDefinitionLevel()));
    }

    /** Writes all pages and forgets them. */
    void writeTo(ParquetFileWriter file) throws IOException {
        file.startColumn(
                descriptor,
                values,
                compressed ? settings.codec() : CompressionCodecName.UNCOMPRESSED);
        if (dictionaryUsed > 0) {
            PageBytes page = scratch.page;
            page.length = 0;
            dictionary.writePage(page);
            BytesInput bytes = stored(page);
            file.writeDictionaryPage(
                    new DictionaryPage(
                            bytes, page.length, dictionaryUsed, Encoding.PLAIN_DICTIONARY));
        }
        for (StoredPage page : pages) {
            file.writeDataPage(
                    page.values(),
                    page.rawBytes(),
                    page.bytes(),
                    page.statistics(),
                    page.rows(),
                    levelEncoding(repetitionBits),
                    levelEncoding(definitionBits),
                    page.encoding(),
                    null,
                    null,
                    page.sizes());
        }
        file.endColumn();
        clear();
    }

    /** Levels that are always 0 take no bytes; they are named as parquet-java names them. */
    private static Encoding levelEncoding(int bits) {
        return bits == 0 ? Encoding.BIT_PACKED : Encoding.RLE;
    }

    void clear() {
        pages.clear();
        storedBytes = 0;
        values = 0;
        groupsWithout = Math.max(0, groupsWithout - 1);
        dictionaryOpen = mayHaveDictionary() && groupsWithout == 0;
        deltasOpen = mayHaveDeltas;
        dictionaryUsed = 0;
        dictionaryUsedBytes = 0;
        if (dictionary != null) {
            dictionary.clear();
        }
    }
}
