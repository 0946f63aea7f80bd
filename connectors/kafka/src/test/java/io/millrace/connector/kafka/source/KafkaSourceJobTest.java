package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.stream.RestartStrategies;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import io.millrace.testutils.CollectingSink;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole programs that read Kafka. */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class KafkaSourceJobTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final AtomicBoolean FAILED = new AtomicBoolean();
    private static final Map<String, Integer> COUNTS = new ConcurrentHashMap<>();

    private final KafkaBroker kafka;
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    KafkaSourceJobTest(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @Test
    void aProgramOfTheOlderShapeReadsUpToTheRecordThatEndsTheStream() throws Exception {
        kafka.createTopic("older", 1);
        kafka.send("older", 0, "a", "b", "end", "never");
        Properties properties = kafka.clientProperties();
        properties.put("group.id", "older");
        FlinkKafkaConsumer<String> consumer =
                new FlinkKafkaConsumer<>("older", new EndingText(), properties);
        consumer.setStartFromEarliest();

        assertThat(env.addSource(consumer).setParallelism(1).executeAndCollect(10))
                .containsExactly("a", "b");
    }

    private static final class EndingText extends SimpleStringSchema {
        @Override
        public boolean isEndOfStream(String nextElement) {
            return nextElement.equals("end");
        }
    }

    @Test
    void watermarksFollowTheSlowestPartition() throws Exception {
        kafka.createTopic("times", 2, Map.of("retention.ms", "-1"));
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            for (long second = 0; second < 100; second++) {
                producer.send(new ProducerRecord<>("times", 0, second * 1000, null, "fast"));
            }
            producer.flush();
            for (long second = 0; second < 100; second++) {
                producer.send(new ProducerRecord<>("times", 1, second * 1000, null, "slow"));
            }
        }
        OutputTag<Tuple2<String, Integer>> late =
                new OutputTag<>("late", Types.TUPLE(Types.STRING, Types.INT));
        SingleOutputStreamOperator<Tuple2<String, Integer>> counts =
                env.fromSource(
                                source("times").setBounded(OffsetsInitializer.latest()).build(),
                                WatermarkStrategy.forMonotonousTimestamps(),
                                "times")
                        .map(word -> Tuple2.of(word, 1))
                        .returns(Types.TUPLE(Types.STRING, Types.INT))
                        .keyBy(pair -> pair.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                        .sideOutputLateData(late)
                        .sum(1);

        List<Tuple2<String, Integer>> results = counts.executeAndCollect(1000);

        assertThat(results).hasSize(20).allMatch(count -> count.f1 == 10);
    }

    @Test
    void recordsThatCannotBeReadComeOutAtTheSide() throws Exception {
        kafka.createTopic("mixed", 1);
        kafka.send("mixed", 0, "ok");
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("mixed", 0, "key", null));
        }
        OutputTag<CorruptRecord> tag =
                new OutputTag<>("corrupt", TypeInformation.of(CorruptRecord.class));
        KafkaSource<String> source =
                source("mixed")
                        .setBounded(OffsetsInitializer.latest())
                        .setCorruptRecords(CorruptRecords.toSideOutput(tag))
                        .build();
        SingleOutputStreamOperator<String> words =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "mixed");
        try (CollectingSink<String> good = new CollectingSink<>()) {
            words.sinkTo(good);
            List<CorruptRecord> corrupt = words.getSideOutput(tag).executeAndCollect(10);

            assertThat(corrupt).singleElement().satisfies(each -> assertThat(each.offset).isOne());
            assertThat(good.results()).containsExactly("ok");
        }
    }

    /**
     * Stands still at its first record, in the first attempt of one subtask, until another ends.
     */
    private static final class Stalling extends RichMapFunction<String, String> {
        private static final CountDownLatch STALL = new CountDownLatch(1);
        private boolean stalls;
        private boolean second;

        @Override
        public void open(OpenContext openContext) {
            boolean mine = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 1;
            stalls = mine && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
            second = mine && !stalls;
        }

        @Override
        public String map(String value) throws Exception {
            if (stalls) {
                STALL.await();
            }
            return value;
        }

        @Override
        public void close() {
            if (second) {
                STALL.countDown();
            }
        }
    }

    @Test
    void aSlowReaderOfABoundedTopicIsTriedAgainAndReadsTheSame() throws Exception {
        kafka.createTopic("slow", 4);
        for (int partition = 0; partition < 4; partition++) {
            String text = String.valueOf(partition);
            kafka.send("slow", partition, text + "a", text + "b");
        }
        Configuration options = new Configuration();
        options.setString("execution.batch.speculative.enabled", "true");
        options.setString("slow-task-detector.check-interval", "20 ms");
        options.setString("slow-task-detector.execution-time.baseline-lower-bound", "100 ms");
        env.configure(options);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(4);

        List<String> read =
                env.fromSource(
                                source("slow").setBounded(OffsetsInitializer.latest()).build(),
                                WatermarkStrategy.noWatermarks(),
                                "slow")
                        .map(new Stalling())
                        .keyBy(text -> text)
                        .map(text -> text)
                        .returns(Types.STRING)
                        .executeAndCollect(100);

        assertThat(read).containsExactlyInAnyOrder("0a", "0b", "1a", "1b", "2a", "2b", "3a", "3b");
    }

    @Test
    void eachRecordIsCountedOnceThoughTheJobFails() throws Exception {
        kafka.createTopic("counted", 3);
        for (int partition = 0; partition < 3; partition++) {
            kafka.send(
                    "counted",
                    partition,
                    IntStream.range(0, 20_000).mapToObj(String::valueOf).toArray(String[]::new));
        }
        FAILED.set(false);
        env.enableCheckpointing(20);
        env.setRestartStrategy(RestartStrategies.fixedDelayRestart(3, 10));
        KafkaSource<String> source =
                source("counted").setBounded(OffsetsInitializer.latest()).build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "counted")
                .map(new FailingOnce())
                .keyBy(count -> count.f0)
                .sum(1)
                .addSink(new Highest());
        env.execute();

        assertThat(FAILED).isTrue();
        assertThat(COUNTS).hasSize(20_000);
        assertThat(COUNTS.values()).containsOnly(3);
    }

    private static final class Highest implements SinkFunction<Tuple2<String, Integer>> {
        @Override
        public void invoke(Tuple2<String, Integer> count, Context context) {
            COUNTS.merge(count.f0, count.f1, Math::max);
        }
    }

    private static final class FailingOnce implements MapFunction<String, Tuple2<String, Integer>> {
        private int seen;

        @Override
        public Tuple2<String, Integer> map(String value) throws Exception {
            seen++;
            if (seen == 9_000 && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("wanted");
            }
            return Tuple2.of(value, 1);
        }
    }

    private KafkaSourceBuilder<String> source(String topic) {
        return KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setValueOnlyDeserializer(new SimpleStringSchema());
    }
}
