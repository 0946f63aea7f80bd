package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.job.Mix;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * What lies in an output of Parquet, read by parquet-java. A process of its own, for its class
 * path.
 */
public final class ParquetAnswer {
    private ParquetAnswer() {}

    /**
     * @param args directory; empty files are passed over
     */
    public static void main(String[] args) throws IOException {
        long count = 0;
        long checksum = 0;
        for (Path file : Outputs.files(Path.of(args[0]))) {
            try (ParquetReader<Group> reader =
                    ParquetReader.builder(
                                    new GroupReadSupport(),
                                    new org.apache.hadoop.fs.Path(file.toUri()))
                            .withConf(new Configuration(false))
                            .build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    count++;
                    checksum += Mix.of(checksum(row));
                }
            }
        }
        new Answer(count, checksum).say();
    }

    private static long checksum(Group row) {
        return SaleLine.checksum(
                row.getLong("id", 0),
                row.getInteger("quantity", 0),
                row.getDouble("price", 0),
                row.getFloat("discount", 0),
                row.getString("product", 0),
                row.getLong("time", 0),
                row.getInteger("shop", 0),
                row.getBoolean("returned", 0),
                row.getString("customer", 0),
                row.getString("comment", 0));
    }
}
