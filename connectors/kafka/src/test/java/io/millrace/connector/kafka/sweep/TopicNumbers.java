package io.millrace.connector.kafka.sweep;

import io.millrace.api.function.MapFunction;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.kafka.source.KafkaSource;
import io.millrace.connector.kafka.source.OffsetsInitializer;
import io.millrace.connector.kafka.testing.KafkaServer;
import io.millrace.host.sweep.SequencesJudge;
import io.millrace.host.sweep.SequencesProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The numbers of {@link SequencesProgram} as a topic, which all cases of a sweep read, each with a
 * group of its own. Immutable.
 */
final class TopicNumbers {
    private static final String TOPIC = "numbers";
    private static final int PARTITIONS = 4;

    /** So few records a poll that a reader's position moves as long as the job lasts. */
    private static final String POLL_RECORDS = "100";

    private TopicNumbers() {}

    /** Makes the topic; every number of a key is in one partition, in order. */
    static void fill(KafkaServer broker) {
        broker.createTopic(TOPIC, PARTITIONS);
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        broker.clientProperties(),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (long index = 0; index < SequencesProgram.RECORDS; index++) {
                SequencesProgram.Numbered each = SequencesProgram.numbered(index);
                producer.send(
                        new ProducerRecord<>(
                                TOPIC,
                                (int) (each.key % PARTITIONS),
                                null,
                                each.key + "," + each.number));
            }
        }
    }

    /**
     * @param directory of the case
     */
    static DataStream<SequencesProgram.Numbered> read(
            StreamExecutionEnvironment env, String brokers, String group, Path directory) {
        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setBootstrapServers(brokers)
                        .setTopics(TOPIC)
                        .setGroupId(group)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(OffsetsInitializer.latest())
                        .setProperty("max.poll.records", POLL_RECORDS)
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), TOPIC)
                .uid(TOPIC)
                .map(new Parsing(directory.resolve(SequencesProgram.HURRY).toString()))
                .uid("numbering");
    }

    /** Reads as slowly as is counted: else all is read before anything happens. */
    private static final class Parsing implements MapFunction<String, SequencesProgram.Numbered> {
        private static final long serialVersionUID = 1L;

        private static final int RECORDS_PER_PAUSE = 4;

        private final String hurry;
        private transient int sincePause;

        Parsing(String hurry) {
            this.hurry = hurry;
        }

        @Override
        public SequencesProgram.Numbered map(String line) throws Exception {
            if (++sincePause >= RECORDS_PER_PAUSE) {
                sincePause = 0;
                if (!Files.exists(Path.of(hurry))) {
                    Thread.sleep(1); // the load of this job, not a wait for anything
                }
            }
            int comma = line.indexOf(',');
            SequencesProgram.Numbered numbered = new SequencesProgram.Numbered();
            numbered.key = Long.parseLong(line, 0, comma, 10);
            numbered.number = Long.parseLong(line, comma + 1, line.length(), 10);
            return numbered;
        }
    }

    /** The group must not have been told of more than there is. */
    static void judge(Admin admin, String group, SequencesJudge judge)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> told =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            OffsetAndMetadata offset = told.get(new TopicPartition(TOPIC, partition));
            long read = offset == null ? 0 : offset.offset();
            if (read != SequencesProgram.RECORDS / PARTITIONS) {
                judge.fault(group + " was told " + read + " of partition " + partition);
            }
        }
    }
}
