package io.millrace.connector.orc;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Writes files by orc-core's own writer, with a column of each type that is read. */
final class WrittenFile {
    static final String SCHEMA =
            "struct<id:bigint,city:string,distance:double,truth:boolean,tiny:tinyint,small:smallint,"
                    + "number:int,measure:float,code:char(4),raw:binary,day:date,at:timestamp,"
                    + "since:timestamp with local time zone,price:decimal(12,2),"
                    + "tags:array<string>>";

    private WrittenFile() {}

    /**
     * Rows from 0 on; of each tenth, what may be null is.
     *
     * @param stripeRows in a stripe
     */
    static void write(Path path, int rows, int stripeRows, CompressionKind kind)
            throws IOException {
        TypeDescription schema = TypeDescription.fromString(SCHEMA);
        Configuration configuration = new Configuration(false);
        configuration.setInt("orc.stripe.row.count", stripeRows);
        try (Writer writer =
                OrcFile.createWriter(
                        new org.apache.hadoop.fs.Path(path.toUri()),
                        OrcFile.writerOptions(configuration).setSchema(schema).compress(kind))) {
            VectorizedRowBatch batch = schema.createRowBatch(100);
            for (int row = 0; row < rows; row++) {
                fill(batch, batch.size++, row);
                if (batch.size == 100) {
                    writer.addRowBatch(batch);
                    batch.reset();
                }
            }
            writer.addRowBatch(batch);
        }
    }

    private static void fill(VectorizedRowBatch batch, int at, int row) {
        ((LongColumnVector) batch.cols[0]).vector[at] = row;
        text(batch, 1, at, "city " + row % 7);
        ((DoubleColumnVector) batch.cols[2]).vector[at] = row / 2.0;
        ((LongColumnVector) batch.cols[3]).vector[at] = row % 2;
        ((LongColumnVector) batch.cols[4]).vector[at] = (byte) row;
        ((LongColumnVector) batch.cols[5]).vector[at] = (short) (row * 3);
        ((LongColumnVector) batch.cols[6]).vector[at] = row * 7919;
        ((DoubleColumnVector) batch.cols[7]).vector[at] = row / 4f;
        text(batch, 8, at, "c" + row % 10);
        text(batch, 9, at, "raw" + row);
        ((LongColumnVector) batch.cols[10]).vector[at] = row - 5;
        time(batch, 11, at, row);
        time(batch, 12, at, row);
        ((DecimalColumnVector) batch.cols[13])
                .set(at, HiveDecimal.create(new BigDecimal(row).movePointLeft(2)));
        batch.cols[14].noNulls = false;
        batch.cols[14].isNull[at] = true;
        if (row % 10 == 9) {
            for (int column = 1; column < 14; column++) {
                batch.cols[column].noNulls = false;
                batch.cols[column].isNull[at] = true;
            }
        }
    }

    private static void text(VectorizedRowBatch batch, int column, int at, String text) {
        ((BytesColumnVector) batch.cols[column]).setVal(at, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The row's number in seconds before and after 1970, and as many nanoseconds. */
    private static void time(VectorizedRowBatch batch, int column, int at, int row) {
        TimestampColumnVector times = (TimestampColumnVector) batch.cols[column];
        times.setIsUTC(true);
        times.time[at] = (row - 100) * 1_000L;
        times.nanos[at] = row;
    }
}
