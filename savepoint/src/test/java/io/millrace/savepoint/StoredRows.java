package io.millrace.savepoint;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSpec.Shape;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** A table of numbers and values of one form in a file. */
final class StoredRows {
    private StoredRows() {}

    static TableCodec codec(Written values) {
        return new TableCodec(
                new TableForm(
                        Shape.VALUE,
                        new WrittenSchema(new Written.ScalarOf(Scalar.LONG)),
                        null,
                        null,
                        new WrittenSchema(values)));
    }

    static StoredTable write(java.nio.file.Path directory, TableLayout layout, List<Object[]> rows)
            throws IOException {
        try (TableFile file =
                TableFile.create(
                        FileSystem.getLocalFileSystem(),
                        new Path(directory.toString()),
                        "rows.parquet",
                        layout,
                        Map.of("test", "yes"),
                        CompressionCodecName.ZSTD)) {
            for (Object[] row : rows) {
                file.mayEnd();
                file.write(row, 0, 100);
            }
            return file.finish();
        }
    }

    static TableInput open(java.nio.file.Path directory, StoredTable stored) throws IOException {
        return TableInput.open(
                new Path(directory.resolve(stored.path()).toString()),
                stored.length(),
                stored.tailOffset(),
                Crc.parse(stored.tailCrc32c()));
    }

    static List<Object[]> read(java.nio.file.Path directory, StoredTable stored, TableLayout layout)
            throws IOException {
        TableInput input = open(directory, stored);
        List<Object[]> all = new ArrayList<>();
        for (RowGroup group : stored.rowGroups()) {
            Rows<Object[]> rows =
                    input.rows(layout, group.offset(), group.length(), Crc.parse(group.crc32c()));
            for (Object[] row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }
}
