package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs that write to Kafka and fail meanwhile, with a reader beside them and one after. */
@Timeout(300)
@ExtendWith(SharedKafka.class)
class KafkaSinkJobTest {
    private static final long RECORDS = 100_000;
    private static final int PARTITIONS = 3;

    /** Where the job has failed; it does so once at each. */
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    @TempDir Path work;
    private final KafkaBroker broker;
    private final String topic;
    private EmbeddedJobExecutor executor;

    KafkaSinkJobTest(KafkaBroker broker, TestInfo test) {
        this.broker = broker;
        this.topic = test.getTestMethod().orElseThrow().getName();
    }

    @BeforeEach
    void begin() {
        FAILED.clear();
        broker.createTopic(topic, PARTITIONS);
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        if (executor != null) {
            executor.close();
        }
    }

    private StreamExecutionEnvironment environment() {
        Map<String, String> options = new HashMap<>();
        options.put("embedded.workers", "2");
        options.put("restart.strategy", "fixed-delay");
        options.put("restart.attempts", "10");
        options.put("restart.delay", "10 ms");
        options.put("execution.checkpointing.dir", work.resolve("checkpoints").toUri().toString());
        if (executor == null) {
            executor = new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
        }
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env;
    }

    private KafkaSink<String> sink() {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setRecordSerializer(
                        KafkaRecordSerializationSchema.<String>builder()
                                .setTopic(topic)
                                .setValueSerializationSchema(Sinks.text())
                                .build())
                .build();
    }

    /** Fails at four records, once at each. */
    private static final class Failing implements MapFunction<Long, String> {
        private static final long serialVersionUID = 1L;
        private final String prefix;

        Failing(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String map(Long number) {
            if (number % (RECORDS / 4) == RECORDS / 8 && FAILED.add(prefix + number)) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "at " + number);
            }
            return prefix + number;
        }
    }

    @Test
    void losesAndDoublesNothingForAReaderDuringTheRunAndOneAfter() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(100);
        env.fromSequence(0, RECORDS - 1).map(new Failing("")).sinkTo(sink());

        AtomicBoolean over = new AtomicBoolean();
        List<Long> during = new ArrayList<>();
        Thread reader = new Thread(() -> read(over, during), "reader");
        reader.start();
        env.execute("copy");
        settle();
        over.set(true);
        reader.join();

        assertThat(FAILED).hasSize(4);
        assertOnce(during);
        assertOnce(committedNow());
        assertNothingIsOpen();
    }

    @Test
    void twoSinksOfOneJobWriteToOneTopic() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(100);
        DataStream<String> all = env.fromSequence(0, RECORDS - 1).map(new Failing(""));
        KafkaSink<String> shared = sink();
        all.filter(text -> Long.parseLong(text) % 2 == 0).sinkTo(shared);
        all.filter(text -> Long.parseLong(text) % 2 == 1).sinkTo(shared);

        env.execute("halves");

        assertThat(FAILED).hasSize(4);
        assertOnce(committedNow());
        assertNothingIsOpen();
    }

    @Test
    void twoJobsWithAllNamesAlikeWriteToOneTopic() throws Exception {
        JobClient one = startAlike("1");
        JobClient other = startAlike("2");
        one.getJobExecutionResult().get();
        other.getJobExecutionResult().get();

        assertThat(FAILED).hasSize(8);
        List<String> all = Sinks.committed(broker, topic);
        for (String prefix : List.of("1", "2")) {
            assertOnce(
                    all.stream()
                            .filter(text -> text.startsWith(prefix + "-"))
                            .map(text -> Long.valueOf(text.substring(2)))
                            .toList());
        }
        assertThat(all).hasSize(2 * (int) RECORDS);
        assertNothingIsOpen();
    }

    /** Starts a job that differs from others in its records alone. */
    private JobClient startAlike(String prefix) throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(100);
        env.fromSequence(0, RECORDS - 1)
                .uid("numbers")
                .map(new Failing(prefix + "-"))
                .uid("failing")
                .sinkTo(sink())
                .uid("out");
        return env.executeAsync("alike");
    }

    @Test
    void refusesAJobThatTakesNoCheckpoints() {
        StreamExecutionEnvironment env = environment();
        env.setRuntimeMode(io.millrace.api.stream.RuntimeExecutionMode.STREAMING);
        env.fromData("a").sinkTo(sink());
        assertThatThrownBy(() -> env.execute("never"))
                .hasStackTraceContaining("execution.checkpointing.interval");
    }

    @Test
    void commitsABatchJobAtItsEnd() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.setRuntimeMode(io.millrace.api.stream.RuntimeExecutionMode.BATCH);
        env.fromData("0", "1", "2").sinkTo(sink());
        env.execute("batch");
        assertThat(Sinks.committed(broker, topic)).containsExactlyInAnyOrder("0", "1", "2");
    }

    private List<Long> committedNow() throws Exception {
        return Sinks.committed(broker, topic).stream().map(Long::valueOf).toList();
    }

    /** Reads what is committed, until the job is over and all has come. */
    private void read(AtomicBoolean over, List<Long> seen) {
        Properties properties = broker.clientProperties();
        properties.setProperty("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            boolean last = false;
            while (true) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(50))) {
                    seen.add(Long.valueOf(each.value()));
                }
                Map<TopicPartition, Long> ends =
                        over.get() ? consumer.endOffsets(partitions) : null;
                if (ends != null
                        && ends.entrySet().stream()
                                .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
                    if (last) {
                        return;
                    }
                    last = true;
                }
            }
        }
    }

    private static void assertOnce(List<Long> numbers) {
        BitSet seen = new BitSet();
        long doubled = 0;
        for (long number : numbers) {
            doubled += seen.get((int) number) ? 1 : 0;
            seen.set((int) number);
        }
        assertThat(RECORDS - seen.cardinality()).as("lost").isZero();
        assertThat(doubled).as("doubled").isZero();
    }

    private void settle() throws Exception {
        try (Admin admin = broker.admin()) {
            Sinks.settle(admin);
        }
    }

    private void assertNothingIsOpen() throws Exception {
        try (Admin admin = broker.admin()) {
            for (TransactionListing each : admin.listTransactions().all().get()) {
                if (each.transactionalId().startsWith(topic + "-")) {
                    assertThat(each.state()).isNotEqualTo(TransactionState.ONGOING);
                }
            }
        }
    }
}
