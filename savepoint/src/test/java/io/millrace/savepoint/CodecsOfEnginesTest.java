package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Written;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines have the native library of Zstandard and no other one that Parquet knows: tables that are
 * written by workers must need no more.
 */
class CodecsOfEnginesTest {
    @TempDir private java.nio.file.Path directory;

    @Test
    void textsAreZstandardAndNumbersInNoOrderAreDifferences() throws IOException {
        Path root = new Path(directory.toString());
        FileSystem files = root.getFileSystem();
        TableTarget target =
                new TableTarget(files, root, TableTarget.FILE_BYTES, SnapshotPace.FULL);
        TableLayout layout = StoredRows.codec(new Written.ScalarOf(Scalar.STRING)).layout();
        StoredTable stored;
        try (TableFile file = target.create("rows.parquet", layout, Map.of())) {
            for (long i = 0; i < 5000; i++) {
                Object[] row = {1, i * 7919 % 100_003, "a text that is different, " + i};
                file.write(row, 1, 40);
            }
            stored = file.finish();
        }
        Map<String, ColumnChunkMetaData> columns =
                ParquetRowGroups.footer(
                                files.open(new Path(root, stored.path())),
                                stored.length(),
                                (int) (stored.length() - stored.tailOffset()),
                                stored.path())
                        .getBlocks()
                        .get(0)
                        .getColumns()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        each -> each.getPath().toDotString(), each -> each));

        assertThat(columns.get("key").getCodec()).isEqualTo(CompressionCodecName.UNCOMPRESSED);
        assertThat(columns.get("key").getEncodings()).contains(Encoding.DELTA_BINARY_PACKED);
        assertThat(columns.values())
                .filteredOn(each -> !each.getPath().toDotString().equals("key"))
                .extracting(ColumnChunkMetaData::getCodec)
                .containsOnly(CompressionCodecName.ZSTD);
    }
}
