package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** The pages of a column's chunk, one after the other, checked. Confined to its task. */
/* Only the compressed bytes of a page are under its checksum. What the header says is held against
 * what the footer says (encodings, number of values) and against the page itself (sizes). */
final class ColumnPages {
    /** Headers are longer only if statistics have long texts. */
    private static final int LIKELY_HEADER_BYTES = 1 << 10;

    private static final int MAX_HEADER_BYTES = 16 << 20;
    private static final int MAX_LIST = 1 << 10;

    private final ChunkBytes chunk;
    private final CompressionCodecName codec;
    private final Set<Encoding> encodings;
    private final long values;
    private final String where;
    private final CRC32 crc = new CRC32();
    private final PageBuffers buffers;
    private long valuesSeen;

    /**
     * @param file shared by the columns of a file
     * @param buffers this one's, as long as it is read
     * @param where the file and column, for messages
     */
    ColumnPages(
            FSDataInputStream file,
            ColumnChunkMetaData metadata,
            PageBuffers buffers,
            String where) {
        this.chunk =
                new ChunkBytes(
                        file, metadata.getStartingPos(), metadata.getTotalSize(), buffers, where);
        this.buffers = buffers;
        this.codec = metadata.getCodec();
        this.encodings = metadata.getEncodings();
        this.values = metadata.getValueCount();
        this.where = where;
        if (!Codecs.isKnown(codec)) {
            throw Malformed.schema(
                    where,
                    "pages compressed by "
                            + codec
                            + " are not read; SNAPPY, GZIP, ZSTD, LZ4_RAW and UNCOMPRESSED are");
        }
    }

    /** The next page that has values, or null at the end of the chunk. */
    Page next() throws IOException {
        while (chunk.remaining() > 0) {
            long offset = chunk.position();
            try {
                Page page = read(header(), offset);
                if (page != null) {
                    return page;
                }
            } catch (TException | IllegalStateException e) {
                throw damaged(offset, e.getMessage(), e);
            }
        }
        if (valuesSeen != values) {
            throw damaged(
                    chunk.position(),
                    "its pages have " + valuesSeen + " values, the footer says " + values,
                    null);
        }
        return null;
    }

    private RuntimeException damaged(long offset, String what, Throwable cause) {
        return Malformed.file(where, "the page at byte " + offset + ": " + what, cause);
    }

    private PageHeader header() throws IOException, TException {
        for (int size = LIKELY_HEADER_BYTES; ; size *= 8) {
            int length = (int) Math.min(size, chunk.remaining());
            chunk.require(length);
            ByteArrayInputStream bytes =
                    new ByteArrayInputStream(chunk.window(), chunk.next(), length);
            PageHeader header = new PageHeader();
            try {
                header.read(new TCompactProtocol(new TIOStreamTransport(bytes), size, MAX_LIST));
                header.validate();
                chunk.consume(length - bytes.available());
                return header;
            } catch (TException e) {
                if (length == chunk.remaining() || size > MAX_HEADER_BYTES) {
                    throw e;
                }
            }
        }
    }

    private Page read(PageHeader header, long offset) throws IOException {
        int stored = header.getCompressed_page_size();
        int raw = header.getUncompressed_page_size();
        if (stored < 0 || stored > chunk.remaining() || !Codecs.isLikely(stored, raw)) {
            throw damaged(
                    offset,
                    "it has " + stored + " bytes for " + raw + ", the column " + chunk.remaining(),
                    null);
        }
        chunk.require(stored);
        checkSum(header, stored, offset);
        Page page =
                switch (header.getType()) {
                    case DICTIONARY_PAGE -> dictionary(header, stored, raw, offset);
                    case DATA_PAGE -> data(header, stored, raw, offset);
                    case DATA_PAGE_V2 -> dataV2(header, stored, raw, offset);
                    case INDEX_PAGE -> null;
                };
        chunk.consume(stored);
        return page;
    }

    private void checkSum(PageHeader header, int stored, long offset) {
        if (!header.isSetCrc()) {
            return;
        }
        crc.reset();
        crc.update(chunk.window(), chunk.next(), stored);
        if ((int) crc.getValue() != header.getCrc()) {
            throw damaged(
                    offset,
                    "its checksum is "
                            + Integer.toHexString((int) crc.getValue())
                            + " instead of "
                            + Integer.toHexString(header.getCrc()),
                    null);
        }
    }

    private Page dictionary(PageHeader header, int stored, int raw, long offset)
            throws IOException {
        DictionaryPageHeader page = header.getDictionary_page_header();
        require(page != null && page.getNum_values() >= 0, offset, "a dictionary of no size");
        open(stored, raw, 0, true, offset);
        return new Page(
                Page.Kind.DICTIONARY,
                known(page.getEncoding(), offset),
                null,
                null,
                page.getNum_values(),
                -1,
                -1,
                -1,
                -1,
                buffers.page,
                raw);
    }

    private Page data(PageHeader header, int stored, int raw, long offset) throws IOException {
        DataPageHeader page = header.getData_page_header();
        require(page != null, offset, "a data page without its header");
        count(page.getNum_values(), offset);
        open(stored, raw, 0, true, offset);
        return new Page(
                Page.Kind.DATA,
                known(page.getEncoding(), offset),
                known(page.getDefinition_level_encoding(), offset),
                known(page.getRepetition_level_encoding(), offset),
                page.getNum_values(),
                -1,
                -1,
                -1,
                -1,
                buffers.page,
                raw);
    }

    private Page dataV2(PageHeader header, int stored, int raw, long offset) throws IOException {
        DataPageHeaderV2 page = header.getData_page_header_v2();
        require(page != null, offset, "a data page without its header");
        count(page.getNum_values(), offset);
        int repetition = page.getRepetition_levels_byte_length();
        int definition = page.getDefinition_levels_byte_length();
        require(
                repetition >= 0
                        && definition >= 0
                        && repetition + (long) definition <= Math.min(stored, raw)
                        && page.getNum_nulls() >= 0
                        && page.getNum_nulls() <= page.getNum_values()
                        && page.getNum_rows() >= 0
                        && page.getNum_rows() <= page.getNum_values(),
                offset,
                "levels of " + repetition + " and " + definition + " bytes, or its counts");
        boolean compressed = !page.isSetIs_compressed() || page.isIs_compressed();
        open(stored, raw, repetition + definition, compressed, offset);
        return new Page(
                Page.Kind.DATA_V2,
                known(page.getEncoding(), offset),
                Encoding.RLE,
                Encoding.RLE,
                page.getNum_values(),
                page.getNum_rows(),
                page.getNum_nulls(),
                repetition,
                definition,
                buffers.page,
                raw);
    }

    private void require(boolean fine, long offset, String what) {
        if (!fine) {
            throw damaged(offset, what, null);
        }
    }

    private void count(int pageValues, long offset) {
        require(pageValues >= 0, offset, pageValues + " values");
        valuesSeen += pageValues;
        require(
                valuesSeen <= values,
                offset,
                "its pages have " + valuesSeen + " values, the footer says " + values);
    }

    private Encoding known(org.apache.parquet.format.Encoding encoding, long offset) {
        Encoding ours = Encoding.valueOf(encoding.name());
        require(
                encodings.contains(ours) || ours == Encoding.RLE || ours == Encoding.BIT_PACKED,
                offset,
                "an encoding, " + ours + ", that the footer does not name: " + encodings);
        return ours;
    }

    /** Brings the page into the buffer; {@code plain} bytes at its beginning as they are. */
    private void open(int stored, int raw, int plain, boolean compressed, long offset)
            throws IOException {
        byte[] buffer = Codecs.atLeast(buffers.page, raw + HybridReader.PADDING_BYTES);
        buffers.page = buffer;
        System.arraycopy(chunk.window(), chunk.next(), buffer, 0, plain);
        try {
            Codecs.decompress(
                    compressed ? codec : CompressionCodecName.UNCOMPRESSED,
                    chunk.window(),
                    chunk.next() + plain,
                    stored - plain,
                    buffer,
                    plain,
                    raw - plain);
        } catch (IOException | RuntimeException e) {
            throw damaged(offset, e.getMessage(), e);
        }
    }
}
