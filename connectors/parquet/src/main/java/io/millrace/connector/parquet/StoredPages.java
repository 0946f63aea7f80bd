package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** The pages of a column's chunk as parquet-java wants them. Confined to its task. */
final class StoredPages implements PageReader {
    private final ColumnPages pages;
    private final ColumnChunkMetaData chunk;
    private final Statistics<?> noStatistics;

    /** Read by {@link #readDictionaryPage} already; or null. */
    private Page first;

    private boolean ended;

    StoredPages(ColumnPages pages, ColumnChunkMetaData chunk) {
        this.pages = pages;
        this.chunk = chunk;
        this.noStatistics = Statistics.getBuilderForReading(chunk.getPrimitiveType()).build();
    }

    /**
     * What really happened where parquet-java has wrapped an error of ours.
     *
     * @param where the file, for messages
     */
    static RuntimeException cause(RuntimeException error, String where) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof MillraceException coded) {
                return coded;
            }
            if (each instanceof UncheckedIOException io) {
                return io;
            }
        }
        return Malformed.file(where, "its records cannot be put together: " + error, error);
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getValueCount();
    }

    @Override
    public DictionaryPage readDictionaryPage() {
        if (first == null) {
            first = take();
        }
        if (first == null || first.kind() != Page.Kind.DICTIONARY) {
            return null;
        }
        Page page = first;
        first = null;
        return new DictionaryPage(content(page, 0, page.length()), page.values(), page.encoding());
    }

    @Override
    public DataPage readPage() {
        Page page = first != null ? first : take();
        first = null;
        while (page != null && page.kind() == Page.Kind.DICTIONARY) {
            page = take();
        }
        if (page == null) {
            return null;
        }
        if (page.kind() == Page.Kind.DATA) {
            return new DataPageV1(
                    content(page, 0, page.length()),
                    page.values(),
                    page.length(),
                    noStatistics,
                    page.repetitionEncoding(),
                    page.definitionEncoding(),
                    page.encoding());
        }
        int levels = page.repetitionBytes() + page.definitionBytes();
        return DataPageV2.uncompressed(
                page.rows(),
                page.nulls(),
                page.values(),
                content(page, 0, page.repetitionBytes()),
                content(page, page.repetitionBytes(), page.definitionBytes()),
                page.encoding(),
                content(page, levels, page.length() - levels),
                noStatistics);
    }

    /** A copy: the page's bytes are those of the next one soon. */
    private static BytesInput content(Page page, int from, int length) {
        return BytesInput.from(Codecs.part(page.bytes(), from, length));
    }

    private Page take() {
        try {
            Page page = pages.next();
            ended = page == null;
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The group's rows have been read. */
    void end() throws IOException {
        if (!ended && (first != null || pages.next() != null)) {
            throw new IOException(
                    "column " + chunk.getPath() + " has pages behind the last row of its group");
        }
    }
}
