package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Records of any structure, which parquet-java assembles of our pages. Confined to its task. */
final class AssembledRecords<T> implements GroupRecords<T> {
    private final MessageType read;
    private final MessageColumnIO columns;
    private final RecordMaterializer<T> materializer;
    private final String where;
    private RecordReader<T> records;
    private Map<ColumnDescriptor, StoredPages> pages;

    /**
     * @param file the schema of the file
     * @param read the part of it that is needed
     * @param where the file, for messages
     */
    AssembledRecords(
            MessageType file,
            MessageType read,
            RecordMaterializer<T> materializer,
            String createdBy,
            String where) {
        this.read = read;
        this.columns = new ColumnIOFactory(createdBy).getColumnIO(read, file);
        this.materializer = materializer;
        this.where = where;
    }

    @Override
    public void open(FSDataInputStream file, BlockMetaData group) {
        Map<ColumnPath, ColumnChunkMetaData> chunks = FlatRecords.chunksOf(group);
        pages = new HashMap<>();
        for (ColumnDescriptor column : read.getColumns()) {
            String name = where + ", column " + String.join(".", column.getPath());
            ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(column.getPath()));
            if (chunk == null) {
                throw Malformed.file(name, "a row group has no such column");
            }
            pages.put(
                    column,
                    new StoredPages(new ColumnPages(file, chunk, new PageBuffers(), name), chunk));
        }
        try {
            records =
                    columns.getRecordReader(
                            new Store(group.getRowCount(), pages), materializer, FilterCompat.NOOP);
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StoredPages.cause(e, where);
        }
    }

    @Override
    public T next() throws IOException {
        try {
            return records.read();
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StoredPages.cause(e, where);
        }
    }

    @Override
    public void end() throws IOException {
        for (StoredPages column : pages.values()) {
            column.end();
        }
    }

    /** The pages of a row group. */
    private record Store(long getRowCount, Map<ColumnDescriptor, StoredPages> pages)
            implements PageReadStore {
        @Override
        public PageReader getPageReader(ColumnDescriptor column) {
            return pages.get(column);
        }
    }
}
