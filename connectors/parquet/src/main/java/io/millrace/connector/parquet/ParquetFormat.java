package io.millrace.connector.parquet;

import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.columnar.RecordScan;
import io.millrace.connector.file.columnar.ScanFormat;
import java.io.IOException;
import java.util.Objects;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * Reads records of the columns of Parquet files, the columns that a record has and no others; made
 * by {@link ParquetReaders}. A row group is read by whoever has the split in which it begins.
 * Immutable.
 */
public final class ParquetFormat<T> extends ScanFormat<T> {
    private static final long serialVersionUID = 1L;

    private final RecordShape<T> shape;

    /** Null if all row groups are read. */
    private final FilterPredicate needed;

    ParquetFormat(RecordShape<T> shape, TypeInformation<T> type, FilterPredicate needed) {
        super(type);
        this.shape = shape;
        this.needed = needed;
    }

    /**
     * This format, which passes row groups over whose statistics tell that no row fulfils a
     * condition. Rows of other groups come whether they fulfil it or not: filter them as well.
     */
    public ParquetFormat<T> skipRowGroups(FilterPredicate unless) {
        return new ParquetFormat<>(shape, getProducedType(), Objects.requireNonNull(unless));
    }

    @Override
    protected RecordScan<T> scan(FileSourceSplit split, long from, long to) throws IOException {
        return RowGroupScan.open(
                split.path().getFileSystem().open(split.path()),
                split.fileSize(),
                from,
                to,
                shape,
                needed,
                split.path().toString());
    }
}
