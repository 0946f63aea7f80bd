package io.millrace.connector.parquet;

import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.avro.AvroData;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What a record of eight plain fields costs in a file by Snappy, by each of the two writers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WritingBenchmark.ROWS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseParallelGC"})
public class WritingBenchmark {
    static final int ROWS = 200_000;

    @Param({"millrace", "parquet-java"})
    public String writer;

    private Sale[] sales;

    /** Numbers that are unique and numbers that are not, and texts of both kinds. */
    public static class Sale {
        public long id;
        public int quantity;
        public double price;
        public float discount;
        public long time;
        public boolean returned;
        public String product;
        public String customer;
    }

    @Setup
    public void setUp() {
        Random random = new Random(1);
        sales = new Sale[ROWS];
        for (int i = 0; i < ROWS; i++) {
            Sale sale = new Sale();
            sale.id = i;
            sale.quantity = random.nextInt(64);
            sale.price = random.nextInt(1 << 20) / 4.0;
            sale.discount = random.nextInt(16) / 16f;
            sale.time = 1_700_000_000_000L + i * 37L;
            sale.returned = random.nextInt(32) == 0;
            sale.product = "product " + random.nextInt(1024);
            sale.customer = "customer " + random.nextInt(1 << 24);
            sales[i] = sale;
        }
    }

    @Benchmark
    public int write() throws IOException {
        MemoryFile.Written file = new MemoryFile.Written();
        BulkWriter<Sale> out =
                switch (writer) {
                    case "millrace" -> AvroParquetWriters.forReflectRecord(Sale.class).create(file);
                    default -> parquetJava(file);
                };
        for (Sale sale : sales) {
            out.addElement(sale);
        }
        out.finish();
        return file.bytes().length;
    }

    private static BulkWriter<Sale> parquetJava(MemoryFile.Written file) throws IOException {
        Schema schema = AvroData.reflectedSchemaOf(Sale.class);
        return new ParquetBulkWriter<>(
                AvroParquetWriter.<Sale>builder(file.forParquet())
                        .withConf(new PlainParquetConfiguration())
                        .withSchema(schema)
                        .withDataModel(AvroData.of(Sale.class, schema))
                        .withCodecFactory(new PageCodecs())
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .build());
    }
}
