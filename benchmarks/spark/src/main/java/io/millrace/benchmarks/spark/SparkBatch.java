package io.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.millrace.benchmarks.batch.BatchJob;
import io.millrace.benchmarks.batch.Rows;
import io.millrace.benchmarks.batch.Sales;
import io.millrace.benchmarks.batch.SortRecords;
import io.millrace.benchmarks.job.Tally;
import io.millrace.benchmarks.wordcount.Words;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** The batch jobs on Spark, in this process. */
public final class SparkBatch {
    private SparkBatch() {}

    public static void main(String[] args) throws Exception {
        BatchJob.run(args, SparkBatch::run);
    }

    private static void run(BatchJob job) throws Exception {
        SparkSession spark =
                SparkSession.builder()
                        .master("local[" + BatchJob.PARALLELISM + "]")
                        .appName(job.contest())
                        .config("spark.local.dir", job.temporary().toString())
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.ansi.enabled", false) // checksums overflow
                        .getOrCreate();
        switch (job.contest()) {
            case "sort" -> sort(spark, job);
            case "wordcount" -> wordCount(spark, job);
            case "aggregate" -> aggregate(spark, job);
            case "join" -> join(spark, job);
            case "parquet" -> parquet(spark, job);
            default -> throw new IllegalArgumentException("no contest '" + job.contest() + "'");
        }
        spark.stop();
    }

    private static void sort(SparkSession spark, BatchJob job) {
        spark.createDataset(
                        spark.sparkContext()
                                .binaryRecords(
                                        job.input().toString(),
                                        SortRecords.LENGTH,
                                        spark.sparkContext().hadoopConfiguration()),
                        Encoders.BINARY())
                .orderBy(expr("substring(value, 1, " + SortRecords.KEY + ")"))
                .toJavaRDD()
                .mapToPair(record -> new Tuple2<>(NullWritable.get(), new BytesWritable(record)))
                .saveAsNewAPIHadoopFile(
                        job.output().toString(),
                        NullWritable.class,
                        BytesWritable.class,
                        RecordsOutput.class);
    }

    private static void wordCount(SparkSession spark, BatchJob job) {
        spark.read()
                .textFile(job.input().toString())
                .flatMap(
                        (FlatMapFunction<String, String>)
                                line -> {
                                    List<String> words = new ArrayList<>();
                                    Words.forEach(line, words::add);
                                    return words.iterator();
                                },
                        Encoders.STRING())
                .groupBy("value")
                .count()
                .write()
                .csv(job.output().toString());
    }

    private static void aggregate(SparkSession spark, BatchJob job) throws Exception {
        Dataset<Row> sums =
                rows(spark, job)
                        .groupBy("key")
                        .agg(sum("value").as("sum"), count(lit(1)).as("count"));
        leave(job, sums.select(expr("(key * 2 + 1) * (sum * 3 + count)").as("z")));
    }

    private static void join(SparkSession spark, BatchJob job) throws Exception {
        Dataset<Row> attributes =
                spark.range(0, job.keys(), 1, BatchJob.PARALLELISM)
                        .select(col("id").as("key"), expr("id * 7 + 3").as("attribute"));
        Dataset<Row> pairs = rows(spark, job).join(attributes, "key");
        leave(job, pairs.select(expr("(value * 2 + 1) * (attribute * 3 + key)").as("z")));
    }

    /** The checksum is that of {@link Sales}. */
    private static void parquet(SparkSession spark, BatchJob job) throws Exception {
        leave(
                job,
                spark.read()
                        .parquet(job.input().toString())
                        .select(
                                expr("id * 31L + quantity * 7L"
                                                + " + cast(price * 4 as bigint) * 3L"
                                                + " + cast(discount * 16 as bigint) * 11L"
                                                + " + length(product) * 13L"
                                                + " + ascii(substring(product, -1))")
                                        .as("z")));
    }

    /** As {@link Rows} makes them. */
    private static Dataset<Row> rows(SparkSession spark, BatchJob job) {
        return spark.range(0, job.rows(), 1, BatchJob.PARALLELISM)
                .select(
                        expr("id * (" + Rows.FACTOR + "L)").as("scattered"),
                        expr("id & " + (Rows.VALUES - 1)).as("value"))
                .select(
                        expr("pmod(scattered ^ shiftrightunsigned(scattered, 32), "
                                        + job.keys()
                                        + "L)")
                                .as("key"),
                        col("value"));
    }

    /** Adds up checksums, mixed as a {@link Tally} does it. */
    private static void leave(BatchJob job, Dataset<Row> checksums) throws Exception {
        Row sums =
                checksums
                        .select(expr("z + (" + 0x9e3779b97f4a7c15L + "L)").as("z"))
                        .select(
                                expr("(z ^ shiftrightunsigned(z, 30)) * ("
                                                + 0xbf58476d1ce4e5b9L
                                                + "L)")
                                        .as("z"))
                        .select(
                                expr("(z ^ shiftrightunsigned(z, 27)) * ("
                                                + 0x94d049bb133111ebL
                                                + "L)")
                                        .as("z"))
                        .select(expr("z ^ shiftrightunsigned(z, 31)").as("z"))
                        .agg(count(lit(1)), sum("z"))
                        .first();
        Files.createDirectories(job.output());
        Tally.of(sums.getLong(0), sums.getLong(1)).leave(job.output(), "sums");
    }
}
