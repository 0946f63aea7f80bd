package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.Sales;
import java.nio.file.Files;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.hadoop.conf.Configuration;

/**
 * The scan by Flink's columnar reader, the fastest that its DataStream API has: rows are views of
 * vectors, so objects are reused.
 */
final class ParquetScan {
    private static final int BATCH_ROWS = 2048;

    private ParquetScan() {}

    static void build(StreamExecutionEnvironment env, BatchJob job) throws Exception {
        Files.createDirectories(job.output());
        env.getConfig().enableObjectReuse();
        RowType columns =
                RowType.of(
                        new LogicalType[] {
                            new BigIntType(false),
                            new IntType(false),
                            new DoubleType(false),
                            new FloatType(false),
                            new VarCharType(false, VarCharType.MAX_LENGTH)
                        },
                        new String[] {"id", "quantity", "price", "discount", "product"});
        ParquetColumnarRowInputFormat<FileSourceSplit> format =
                new ParquetColumnarRowInputFormat<>(
                        new Configuration(),
                        columns,
                        TypeInformation.of(RowData.class),
                        BATCH_ROWS,
                        true,
                        true);
        env.fromSource(
                        FileSource.forBulkFileFormat(format, new Path(job.input().toString()))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "sales")
                .sinkTo(new TallySink<>("sales", ParquetScan::checksum, job.output()));
    }

    private static long checksum(RowData row) {
        StringData product = row.getString(4);
        byte[] letters = product.toBytes();
        return Sales.checksum(
                row.getLong(0),
                row.getInt(1),
                row.getDouble(2),
                row.getFloat(3),
                letters.length,
                letters[letters.length - 1]);
    }
}
