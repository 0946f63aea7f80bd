package io.millrace.connector.kafka.sweep;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.kafka.sink.KafkaRecordSerializationSchema;
import io.millrace.connector.kafka.sink.KafkaSink;
import io.millrace.connector.kafka.testing.KafkaServer;
import io.millrace.host.sweep.SequencesJudge;
import io.millrace.host.sweep.SequencesProgram;
import io.millrace.host.sweep.SweepCase;
import io.millrace.host.sweep.SweepJob;
import io.millrace.host.sweep.SweepProgram;
import io.millrace.host.sweep.SweepSubject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link SequencesProgram} into two topics, exactly once, one of them behind an exchange of its
 * own. What readers of committed records see is judged, and that nothing is left undecided.
 */
final class KafkaSequences implements SweepSubject {
    private static final int PARTITIONS = 2;
    private static final String CHAINED = "chained";
    private static final String DEALT_OUT = "dealt-out";
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What a job's output passes on its way from the barrier to readers of committed records. */
    private static final List<FaultPoint> POINTS = points();

    /** What the input of one that reads a topic passes beside that. */
    private static final List<FaultPoint> POINTS_OF_SOURCES = pointsOfSources();

    private static final String GROUP = "group";

    private final KafkaServer broker;
    private final boolean readsTopic;
    private final AtomicInteger jobs = new AtomicInteger();

    private KafkaSequences(KafkaServer broker, boolean readsTopic) {
        this.broker = broker;
        this.readsTopic = readsTopic;
    }

    /**
     * The job makes its numbers.
     *
     * @param broker stays the caller's
     */
    static KafkaSequences ofNumbers(KafkaServer broker) {
        return new KafkaSequences(broker, false);
    }

    /**
     * The job reads its numbers from a topic.
     *
     * @param broker stays the caller's; gets the topic
     */
    static KafkaSequences ofTopic(KafkaServer broker) {
        TopicNumbers.fill(broker);
        return new KafkaSequences(broker, true);
    }

    private static List<FaultPoint> points() {
        List<FaultPoint> points = new ArrayList<>(FaultPoint.of(FaultPoint.Room.TRANSACTION));
        points.addAll(FaultPoint.of(FaultPoint.Room.COMMIT));
        points.addAll(
                List.of(
                        FaultPoint.SNAPSHOT_TAKEN,
                        FaultPoint.SNAPSHOT_SINK_PREPARED,
                        FaultPoint.SNAPSHOT_FILE_CLOSED,
                        FaultPoint.SNAPSHOT_AFTER_INPUT,
                        FaultPoint.CHECKPOINT_ACKNOWLEDGEMENT_CAME,
                        FaultPoint.CHECKPOINT_BEFORE_MANIFEST,
                        FaultPoint.CHECKPOINT_BEFORE_POINTER,
                        FaultPoint.CHECKPOINT_POINTER_SENT,
                        FaultPoint.CHECKPOINT_POINTER_DURABLE,
                        FaultPoint.RECOVERY_CHECKPOINTS_READ,
                        FaultPoint.RECOVERY_DEPLOYED));
        return points;
    }

    private static List<FaultPoint> pointsOfSources() {
        List<FaultPoint> points = new ArrayList<>(FaultPoint.of(FaultPoint.Room.SOURCE));
        points.addAll(
                List.of(
                        FaultPoint.CHECKPOINT_ID_TAKEN,
                        FaultPoint.CHECKPOINT_ENUMERATOR_TAKEN,
                        FaultPoint.CHECKPOINT_TRIGGER_SENT,
                        FaultPoint.SNAPSHOT_TRIGGERED,
                        FaultPoint.SNAPSHOT_SOURCE_TAKEN,
                        FaultPoint.SNAPSHOT_HALF_ALIGNED,
                        FaultPoint.RECOVERY_DEALT_OUT,
                        FaultPoint.RESTORE_HALF_READ,
                        FaultPoint.RESTORE_DONE));
        points.addAll(POINTS);
        return points;
    }

    /** The job: its output is {@code host:port/name}, where names of topics begin with the name. */
    public static final class Program implements SweepProgram {
        @Override
        public void run(String output, Path directory) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            write(SequencesProgram.counted(env, directory), output);
            env.execute("Sequences");
        }

        private static void write(DataStream<String> counted, String output) {
            counted.sinkTo(sink(output, CHAINED)).uid(CHAINED);
            counted.rebalance().sinkTo(sink(output, DEALT_OUT)).uid(DEALT_OUT);
        }

        private static KafkaSink<String> sink(String output, String name) {
            String topic = topic(output, name);
            return KafkaSink.<String>builder()
                    .setBootstrapServers(brokers(output))
                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(topic)
                    .setRecordSerializer(new OfKeys(topic))
                    .build();
        }
    }

    /** The same job, but that it reads its numbers. */
    public static final class ReadingProgram implements SweepProgram {
        @Override
        public void run(String output, Path directory) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            DataStream<SequencesProgram.Numbered> numbers =
                    TopicNumbers.read(env, brokers(output), topic(output, GROUP), directory);
            Program.write(SequencesProgram.counted(numbers, directory), output);
            env.execute("Sequences of a topic");
        }
    }

    private static String brokers(String output) {
        return output.substring(0, output.indexOf('/'));
    }

    /** All lines of a key go to one partition: where one subtask has them, their order shows. */
    private static final class OfKeys implements KafkaRecordSerializationSchema<String> {
        private static final long serialVersionUID = 1L;
        private final String topic;

        OfKeys(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                String line, KafkaSinkContext context, Long timestamp) {
            int begin = line.indexOf(' ') + 1; // END and GAP stand in front of the key
            long key = Long.parseLong(line, begin, line.indexOf(','), 10);
            return new ProducerRecord<>(
                    topic, (int) (key % PARTITIONS), null, line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String topic(String output, String name) {
        return output.substring(output.indexOf('/') + 1) + "-" + name;
    }

    /**
     * State is of one kind, as all kinds end in the same sinks; what happens with another kind only
     * happens with this one here. Where another job goes on, what the first one has left open waits
     * for its time-out: not tried.
     */
    @Override
    public List<SweepCase> cases() {
        return SweepCase.all(readsTopic ? POINTS_OF_SOURCES : POINTS).stream()
                .filter(one -> !one.rescaled() && !one.topologies())
                .map(KafkaSequences::withHeap)
                .distinct()
                .toList();
    }

    private static SweepCase withHeap(SweepCase one) {
        return new SweepCase(
                one.point(), one.fault(), SweepCase.Backend.HEAP, one.unaligned(), false, false);
    }

    @Override
    public SweepJob job(Path directory) {
        String name = "job" + jobs.incrementAndGet();
        String output = broker.bootstrapServers() + "/" + name;
        broker.createTopic(topic(output, CHAINED), PARTITIONS);
        broker.createTopic(topic(output, DEALT_OUT), PARTITIONS);
        return new SweepJob(readsTopic ? ReadingProgram.class : Program.class, output);
    }

    @Override
    public List<String> faultsIn(SweepJob job, SweepCase what, List<String> dead, boolean merged)
            throws IOException {
        // Subtasks behind the exchange write a key side by side, each in transactions of its own.
        SequencesJudge judge = new SequencesJudge(List.of(DEALT_OUT));
        try (Admin admin = broker.admin()) {
            for (String name : List.of(CHAINED, DEALT_OUT)) {
                String topic = topic(job.output(), name);
                awaitDecided(admin, topic, judge);
                judge.judge(name, partitions(topic));
            }
            if (readsTopic) {
                TopicNumbers.judge(admin, topic(job.output(), GROUP), judge);
            }
        } catch (ExecutionException e) {
            throw new IOException(job.output(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return judge.faults();
    }

    private List<List<String>> partitions(String topic) {
        Map<Integer, List<String>> partitions = new LinkedHashMap<>();
        for (ConsumerRecord<String, String> each : broker.read(topic, "read_committed")) {
            partitions.computeIfAbsent(each.partition(), p -> new ArrayList<>()).add(each.value());
        }
        return List.copyOf(partitions.values());
    }

    /** A commit is answered before its markers are written; what stays open is a fault. */
    private static void awaitDecided(Admin admin, String topic, SequencesJudge judge)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        List<String> left = undecided(admin, topic);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            left = undecided(admin, topic);
        }
        left.forEach(each -> judge.fault("left behind: " + each));
    }

    private static List<String> undecided(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        List<String> left = new ArrayList<>();
        for (TransactionListing each : admin.listTransactions().all().get()) {
            if (each.transactionalId().startsWith(topic + "-")
                    && each.state() == TransactionState.ONGOING) {
                left.add("transaction " + each.transactionalId());
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> stable =
                ends(admin, topic, IsolationLevel.READ_COMMITTED);
        ends(admin, topic, IsolationLevel.READ_UNCOMMITTED)
                .forEach(
                        (partition, end) -> {
                            long decided = stable.get(partition).offset();
                            if (decided < end.offset()) {
                                left.add(partition + " from " + decided + " to " + end.offset());
                            }
                        });
        return left;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, String topic, IsolationLevel level)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return admin.listOffsets(asked, new ListOffsetsOptions(level)).all().get();
    }
}
