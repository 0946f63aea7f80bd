package io.millrace.examples;

import io.millrace.api.file.Path;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.kafka.source.KafkaSource;
import io.millrace.connector.kafka.source.KafkaSourceBuilder;
import io.millrace.connector.kafka.source.OffsetsInitializer;
import io.millrace.connector.parquet.AvroParquetWriters;
import java.time.Duration;

/**
 * Counts the views of each page in windows of event time: from a topic of Kafka to Parquet files,
 * each view once, whatever happens to the workers meanwhile.
 *
 * <p>{@code --brokers HOST:PORT --topic NAME --output PATH [--window 10000] [--interval 2000]
 * [--until OFFSET,…]}. A record's value is the page, its time is when the page was viewed. {@code
 * window} and {@code interval}, between checkpoints, are milliseconds. {@code until} has an offset
 * for each partition from 0 on: the job ends there; without it, it runs until it is stopped.
 */
public final class KafkaCounts {
    private KafkaCounts() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        String topic = arguments.required("topic");
        Path output = new Path(arguments.required("output"));
        long windowMs = Long.parseLong(arguments.or("window", "10000"));

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.enableCheckpointing(Long.parseLong(arguments.or("interval", "2000")));

        KafkaSourceBuilder<String> views =
                KafkaSource.<String>builder()
                        .setBootstrapServers(arguments.required("brokers"))
                        .setTopics(topic)
                        .setGroupId("kafka-counts")
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setValueOnlyDeserializer(new SimpleStringSchema());
        String until = arguments.or("until", "");
        if (!until.isEmpty()) {
            views.setBounded(OffsetsInitializer.offsets(KafkaCopy.ends(topic, until)));
        }
        env.fromSource(
                        views.build(),
                        WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(1)),
                        "views")
                .uid("views")
                .keyBy(page -> page)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(windowMs)))
                .aggregate(new Counting(), new Naming())
                .name("counts")
                .uid("counts")
                .sinkTo(
                        FileSink.forBulkFormat(
                                        output,
                                        AvroParquetWriters.forReflectRecord(PageCount.class))
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .build())
                .name("files")
                .uid("files");
        env.execute("KafkaCounts");
    }

    /** A row of the output: the views of a page in the window that begins at {@code windowMs}. */
    public static class PageCount {
        public String page;
        public long windowMs;
        public long views;

        public PageCount() {}

        public PageCount(String page, long windowMs, long views) {
            this.page = page;
            this.windowMs = windowMs;
            this.views = views;
        }
    }

    /** Counts without keeping the views. */
    public static final class Counting implements AggregateFunction<String, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(String view, Long count) {
            return count + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long one, Long other) {
            return one + other;
        }
    }

    /** Says of which page and window a count is. */
    public static final class Naming
            extends ProcessWindowFunction<Long, PageCount, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String page, Context context, Iterable<Long> counts, Collector<PageCount> out) {
            long start = context.window().getStart();
            out.collect(new PageCount(page, start, counts.iterator().next()));
        }
    }
}
