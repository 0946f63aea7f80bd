package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.job.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Files of Parquet with ten columns, of which the scan wants five: as parquet-java writes them,
 * with dictionaries, by Snappy. A process of its own, for its class path.
 */
public final class ParquetInput {
    private static final int FILES = 8;
    private static final int ROW_GROUP_BYTES = 32 << 20;
    private static final MessageType COLUMNS =
            MessageTypeParser.parseMessageType(
                    """
                    message sale {
                      required int64 id;
                      required int32 quantity;
                      required double price;
                      required float discount;
                      required binary product (STRING);
                      required int64 time;
                      required int32 shop;
                      required boolean returned;
                      required binary customer (STRING);
                      required binary comment (STRING);
                    }
                    """);

    private ParquetInput() {}

    /**
     * @param args directory and number of rows
     */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        long rows = Long.parseLong(args[1]);
        Tally tally = new Tally();
        for (int file = 0; file < FILES; file++) {
            Path path = directory.resolve("sales-" + file + ".parquet");
            try (ParquetWriter<Group> writer =
                    ExampleParquetWriter.builder(new LocalOutputFile(path))
                            .withType(COLUMNS)
                            .withRowGroupSize((long) ROW_GROUP_BYTES)
                            .withCompressionCodec(CompressionCodecName.SNAPPY)
                            .build()) {
                for (long row = rows * file / FILES; row < rows * (file + 1) / FILES; row++) {
                    Group group = row(row);
                    writer.write(group);
                    tally.add(checksum(group));
                }
            }
        }
        new Answer(tally.count(), tally.hash()).say();
    }

    /** Of the columns that are wanted. */
    private static long checksum(Group row) {
        String product = row.getString(4, 0);
        return Sales.checksum(
                row.getLong(0, 0),
                row.getInteger(1, 0),
                row.getDouble(2, 0),
                row.getFloat(3, 0),
                product.length(),
                product.charAt(product.length() - 1));
    }

    private static Group row(long row) {
        long random = Rows.key(row, Long.MAX_VALUE);
        Group group = new SimpleGroup(COLUMNS);
        group.add(0, row);
        group.add(1, (int) (random & 63) + 1);
        group.add(2, (random >>> 6 & 0xFFFFF) / 4.0);
        group.add(3, (random >>> 26 & 15) / 16f);
        group.add(4, "product " + (random >>> 30 & 1023));
        group.add(5, 1_700_000_000_000L + row * 37);
        group.add(6, (int) (random >>> 40 & 255));
        group.add(7, (random >>> 48 & 31) == 0);
        group.add(8, "customer " + (random >>> 20 & 0xFFFFFF));
        group.add(9, "as ordered, no. " + (random & 0xFFFFFFFFL));
        return group;
    }
}
