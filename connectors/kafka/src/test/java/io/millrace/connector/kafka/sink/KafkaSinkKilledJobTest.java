package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job whose whole process is killed, again and again, and that is started from what it left. */
@Timeout(400)
@ExtendWith(SharedKafka.class)
class KafkaSinkKilledJobTest {
    private static final int RECORDS = 2_000_000;
    private static final int KILLS = 2;
    private static final String TOPIC = "killed";

    @TempDir Path work;

    @Test
    void losesAndDoublesNothingIfItsProcessIsKilled(KafkaBroker broker) throws Exception {
        broker.createTopic(TOPIC, 2);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(broker);
            before = awaitMore(broker, process, before);
            process.destroyForcibly().waitFor();
        }
        assertThat(before).isLessThan(RECORDS);

        assertThat(start(broker).waitFor()).as(this::said).isZero();

        List<String> all = Sinks.committed(broker, TOPIC);
        BitSet seen = new BitSet(RECORDS);
        all.forEach(each -> seen.set(Integer.parseInt(each)));
        assertThat(RECORDS - seen.cardinality()).as("lost").isZero();
        assertThat(all.size() - seen.cardinality()).as("doubled").isZero();
    }

    /** Waits until readers of committed records come further than that, all partitions together. */
    private static long awaitMore(KafkaBroker broker, Process process, long before)
            throws Exception {
        try (Admin admin = broker.admin()) {
            long now = before;
            while (now <= before) {
                assertThat(process.isAlive()).as("the job's process lives").isTrue();
                now = 0;
                for (ListOffsetsResultInfo end :
                        admin.listOffsets(
                                        Map.of(
                                                new TopicPartition(TOPIC, 0),
                                                OffsetSpec.latest(),
                                                new TopicPartition(TOPIC, 1),
                                                OffsetSpec.latest()),
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all()
                                .get()
                                .values()) {
                    now += end.offset();
                }
            }
            return now;
        }
    }

    private Process start(KafkaBroker broker) throws IOException {
        Path checkpoints = work.resolve("checkpoints");
        Files.createDirectories(checkpoints);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledJob.class.getName(),
                        broker.bootstrapServers(),
                        TOPIC,
                        String.valueOf(RECORDS),
                        checkpoints.toUri().toString(),
                        newest(checkpoints))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return work.resolve("job.log");
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /**
     * The directory of the last job that has a whole checkpoint; empty if there is none. One that
     * was killed before its first has left that of the job before where it was.
     */
    private static String newest(Path checkpoints) throws IOException {
        try (Stream<Path> jobs = Files.list(checkpoints)) {
            return jobs.filter(KafkaSinkKilledJobTest::hasCheckpoint)
                    .max(Comparator.comparing(job -> job.resolve("job").toFile().lastModified()))
                    .map(job -> job.toUri().toString())
                    .orElse("");
        }
    }

    private static boolean hasCheckpoint(Path job) {
        try (Stream<Path> files = Files.walk(job)) {
            return files.anyMatch(file -> file.endsWith("manifest"));
        } catch (IOException e) {
            return false;
        }
    }
}
