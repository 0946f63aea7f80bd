package io.millrace.connector.file;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Adds the values that a file's directories are named by ({@link PartitionPath}) to each record of
 * another format, for {@code FileSource.forBulkFileFormat}. Immutable.
 */
public final class PartitionedFormat<T, OUT> implements BulkFormat<OUT, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    /** Puts a record and the values of its partition together. */
    @FunctionalInterface
    public interface Joining<T, OUT> extends Serializable {
        /**
         * @param partition by the name of the field; a value is null if it was null or empty when
         *     it was written
         */
        OUT join(T record, Map<String, String> partition);
    }

    private final BulkFormat<T, FileSourceSplit> format;
    private final Joining<T, OUT> joining;
    private final TypeInformation<OUT> type;

    private PartitionedFormat(
            BulkFormat<T, FileSourceSplit> format,
            Joining<T, OUT> joining,
            TypeInformation<OUT> type) {
        this.format = Objects.requireNonNull(format);
        this.joining = Objects.requireNonNull(joining);
        this.type = Objects.requireNonNull(type);
    }

    /** Of files that are read many records at a time. */
    public static <T, OUT> PartitionedFormat<T, OUT> of(
            BulkFormat<T, FileSourceSplit> format,
            Joining<T, OUT> joining,
            TypeInformation<OUT> type) {
        return new PartitionedFormat<>(format, joining, type);
    }

    /** Of files that are read record by record. */
    public static <T, OUT> PartitionedFormat<T, OUT> of(
            StreamFormat<T> format, Joining<T, OUT> joining, TypeInformation<OUT> type) {
        return of(new StreamFormatAdapter<>(format), joining, type);
    }

    @Override
    public Reader<OUT> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return joined(format.createReader(config, split), split);
    }

    @Override
    public Reader<OUT> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return joined(format.restoreReader(config, split), split);
    }

    private Reader<OUT> joined(Reader<T> reader, FileSourceSplit split) {
        return new Joined<>(reader, joining, PartitionPath.values(split.path()));
    }

    @Override
    public boolean isSplittable() {
        return format.isSplittable();
    }

    @Override
    public TypeInformation<OUT> getProducedType() {
        return type;
    }

    /** The records of one split. Confined to its task. */
    private static final class Joined<T, OUT> implements Reader<OUT>, RecordIterator<OUT> {
        private final Reader<T> reader;
        private final Joining<T, OUT> joining;
        private final Map<String, String> partition;
        private final MutableRecordAndPosition<OUT> joined = new MutableRecordAndPosition<>();
        private RecordIterator<T> batch;

        Joined(Reader<T> reader, Joining<T, OUT> joining, Map<String, String> partition) {
            this.reader = reader;
            this.joining = joining;
            this.partition = partition;
        }

        @Override
        public RecordIterator<OUT> readBatch() throws IOException {
            batch = reader.readBatch();
            return batch == null ? null : this;
        }

        @Override
        public RecordAndPosition<OUT> next() {
            RecordAndPosition<T> next = batch.next();
            if (next == null) {
                return null;
            }
            joined.set(
                    joining.join(next.getRecord(), partition),
                    next.getOffset(),
                    next.getRecordSkipCount());
            return joined;
        }

        @Override
        public void releaseBatch() {
            batch.releaseBatch();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
