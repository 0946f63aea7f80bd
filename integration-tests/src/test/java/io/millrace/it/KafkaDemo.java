package io.millrace.it;

import io.millrace.api.testing.Await;
import io.millrace.it.PageViews.Cell;
import io.millrace.it.PageViews.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/**
 * The command {@code bin/kafka-demo [RECORDS] [--rate 50000]}: numbered views of pages go into a
 * topic; a job on YARN counts them in windows of event time and writes Parquet files to HDFS; one
 * of its workers is killed in between; the files are read with parquet-java and compared with
 * counts made here. With 1 if they differ.
 */
final class KafkaDemo {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int PARTITIONS = 4;
    private static final int PAGES = 50;
    private static final int VIEWS_PER_SECOND = 10_000;
    private static final int WINDOW_MS = 10_000;
    private static final Path JAR =
            Millrace.HOME.resolve(
                    "examples/with-parquet/millrace-examples-with-parquet-"
                            + System.getProperty("millrace.version")
                            + ".jar");

    private final Sandbox sandbox;
    private final PageViews views;
    private final int perSecond;
    private final String directory = "/kafka-demo/" + System.currentTimeMillis();

    private KafkaDemo(Sandbox sandbox, long records, int perSecond) {
        this.sandbox = sandbox;
        this.views = new PageViews(records, PAGES, PARTITIONS, VIEWS_PER_SECOND, WINDOW_MS);
        this.perSecond = perSecond;
    }

    public static void main(String[] args) {
        long records = 2_000_000;
        int perSecond = 50_000;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--rate")) {
                perSecond = Integer.parseInt(args[++i]);
            } else {
                records = Long.parseLong(args[i]);
            }
        }
        Path place = Millrace.CHECKOUT.resolve("integration-tests/target/kafka-demo-sandbox");
        say("1/6 Starting HDFS, YARN, ZooKeeper and Kafka in " + place);
        boolean exact;
        try (Sandbox sandbox = new Sandbox(place, true, "--kafka")) {
            exact = new KafkaDemo(sandbox, records, perSecond).run();
            say("    Stopping the sandbox");
        }
        System.exit(exact ? 0 : 1);
    }

    private boolean run() {
        KafkaTopic topic = new KafkaTopic(sandbox.kafka(), "views", PARTITIONS).created();
        say(
                String.format(
                        Locale.ROOT,
                        "2/6 Writing %,d views of %d pages to topic 'views', %,d a second",
                        views.records(),
                        PAGES,
                        perSecond));
        try (KafkaFill fill =
                        topic.fill(views.records(), perSecond, i -> views.record("views", i));
                Millrace.Running job = start()) {
            String id = Applications.awaitOne(sandbox);
            say("3/6 Counting them on YARN: " + id + ", 2 workers");
            killAWorker(job, id);
            Millrace.Outcome outcome = job.await(LIMIT);
            fill.await();
            if (outcome.exitCode() != 0) {
                say(outcome.toString());
                return false;
            }
            boolean exact = judge();
            if (!exact) {
                keepLogs(id);
            }
            return exact;
        }
    }

    private void keepLogs(String id) {
        Path file = sandbox.directory().resolveSibling("kafka-demo-" + id + ".log");
        try {
            Files.writeString(file, sandbox.millrace().run("logs", id).out());
            say("    the job's logs are in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Millrace.Running start() {
        String root = sandbox.fileSystem() + directory;
        List<String> ends = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.add(String.valueOf(views.end(partition)));
        }
        return sandbox.millrace()
                .start(
                        "run",
                        "-t",
                        "yarn",
                        "-p",
                        "2",
                        "-D",
                        "worker.slots=1",
                        "-D",
                        "execution.checkpointing.dir=" + root + "/ckpt",
                        "-c",
                        "io.millrace.examples.KafkaCounts",
                        JAR.toString(),
                        "--brokers",
                        sandbox.kafka(),
                        "--topic",
                        "views",
                        "--output",
                        root + "/counts",
                        "--window",
                        String.valueOf(WINDOW_MS),
                        "--until",
                        String.join(",", ends));
    }

    /** After two checkpoints, so that there is something to lose and to double. */
    private void killAWorker(Millrace.Running job, String id) {
        Await.until(
                "two checkpoints are complete",
                LIMIT,
                () -> {
                    requireAlive(job);
                    return Checkpoints.latest(sandbox.hdfs(), directory + "/ckpt");
                },
                latest -> latest >= 2);
        requireAlive(job);
        ProcessHandle worker = Workers.of(id).get(0);
        say("4/6 Killing a worker: kill -9 " + worker.pid() + ", " + Workers.containerOf(worker));
        worker.destroyForcibly();
        Await.until(
                "the job has restarted",
                LIMIT,
                () -> {
                    requireAlive(job);
                    return Applications.job(sandbox, id).path("restarts").asInt();
                },
                restarts -> restarts > 0);
        say("5/6 The job has restarted from its checkpoint and reads on");
    }

    private static void requireAlive(Millrace.Running job) {
        if (!job.isAlive()) {
            throw new AssertionError(
                    "the job ended before a worker was killed; give it more records: "
                            + job.await(LIMIT));
        }
    }

    private boolean judge() {
        say("6/6 Reading the Parquet files in " + directory + "/counts");
        Map<Cell, Long> found = new HashMap<>();
        int rows = 0;
        int files = 0;
        for (String file : sandbox.hdfs().listDeep(directory + "/counts")) {
            if (!file.startsWith(".") && !file.contains("/.")) {
                rows += read(sandbox.hdfs().readBytes(directory + "/counts/" + file), found);
                files++;
            }
        }
        show(found);
        Map<Cell, Long> expected = views.counts();
        Verdict verdict = Verdict.of(expected, found);
        if (!verdict.isExact()) {
            showWindows(expected, found);
        }
        say(String.format(Locale.ROOT, "    files    %,12d", files));
        say(String.format(Locale.ROOT, "    rows     %,12d", rows));
        say(String.format(Locale.ROOT, "    records  %,12d", views.records()));
        say(String.format(Locale.ROOT, "    counted  %,12d", verdict.counted()));
        say(String.format(Locale.ROOT, "    lost     %,12d", verdict.lost()));
        say(String.format(Locale.ROOT, "    doubled  %,12d", verdict.doubled()));
        return verdict.isExact();
    }

    /** Adds the counts of one file; returns how many rows it has. */
    private static int read(byte[] content, Map<Cell, Long> found) {
        try {
            Path file = Files.createTempFile("kafka-demo", ".parquet");
            try {
                Files.write(file, content);
                return rows(file, found);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rows(Path file, Map<Cell, Long> found) throws IOException {
        int rows = 0;
        try (ParquetReader<GenericRecord> reader =
                AvroParquetReader.genericRecordReader(
                        new LocalInputFile(file), new PlainParquetConfiguration())) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                Cell cell = new Cell(row.get("page").toString(), (long) row.get("windowMs"));
                found.merge(cell, (long) row.get("views"), Long::sum);
                rows++;
            }
        }
        return rows;
    }

    private static void show(Map<Cell, Long> found) {
        Map<String, Long> pages = new HashMap<>();
        found.forEach((cell, count) -> pages.merge(cell.page(), count, Long::sum));
        pages.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(5)
                .forEach(
                        page ->
                                say(
                                        String.format(
                                                Locale.ROOT,
                                                "%12s  %,d",
                                                page.getKey(),
                                                page.getValue())));
    }

    /** Where something is missing or too much. */
    private static void showWindows(Map<Cell, Long> expected, Map<Cell, Long> found) {
        Map<Long, long[]> windows = new TreeMap<>();
        expected.forEach((c, n) -> windows.computeIfAbsent(c.windowMs(), w -> new long[2])[0] += n);
        found.forEach((c, n) -> windows.computeIfAbsent(c.windowMs(), w -> new long[2])[1] += n);
        windows.forEach(
                (window, counts) ->
                        say(
                                String.format(
                                        Locale.ROOT,
                                        "    window %d: %,d views, counted %,d",
                                        window,
                                        counts[0],
                                        counts[1])));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
