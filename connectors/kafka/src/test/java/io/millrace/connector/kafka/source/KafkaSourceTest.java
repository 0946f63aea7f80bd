package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
class KafkaSourceTest {
    private final KafkaBroker kafka;
    private String topic;

    KafkaSourceTest(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    private KafkaSourceBuilder<String> source() {
        return KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setValueOnlyDeserializer(new SimpleStringSchema());
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    @Test
    void aBoundedSourceEndsWithWhatWasThereWhenItBegan() throws Exception {
        kafka.createTopic(topic, 3);
        kafka.send(topic, 0, "a", "b");
        kafka.send(topic, 2, "c");
        KafkaSource<String> source = source().setBounded(OffsetsInitializer.latest()).build();

        Reading<String> reading = Reading.all(source);

        assertThat(reading.records).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(reading.timestamps).allMatch(timestampMs -> timestampMs > 0);
        assertThat(reading.outputs).isEmpty();
    }

    @Test
    void endsBehindMarkersOfTransactions() throws Exception {
        kafka.createTopic(topic, 1);
        transaction("t1", true, "a", "b");
        transaction("t2", false, "lost");
        KafkaSourceBuilder<String> all = source().setBounded(OffsetsInitializer.latest());
        KafkaSourceBuilder<String> committed =
                source().setBounded(OffsetsInitializer.latest())
                        .setProperty("isolation.level", "read_committed");

        assertThat(Reading.all(all.build()).records).containsExactly("a", "b", "lost");
        assertThat(Reading.all(committed.build()).records).containsExactly("a", "b");
    }

    private void transaction(String id, boolean commit, String... values) {
        Properties properties = kafka.clientProperties();
        properties.put("transactional.id", topic + id);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, 0, null, value));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    @Test
    void latestIsANumberInTheFirstCheckpoint() throws Exception {
        kafka.createTopic(topic, 2);
        kafka.send(topic, 0, "a", "b");
        KafkaSource<String> source =
                source().setStartingOffsets(OffsetsInitializer.latest()).build();
        Enumeration context = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(context)) {
            enumerator.start();

            KafkaSourceEnumState state = enumerator.snapshotState(1);

            assertThat(state.pending())
                    .containsExactlyInAnyOrder(
                            new KafkaPartitionSplit(partition(0), 2),
                            new KafkaPartitionSplit(partition(1), 0));
            var serializer = source.getEnumeratorCheckpointSerializer();
            assertThat(serializer.deserialize(1, serializer.serialize(state))).isEqualTo(state);
        }
    }

    @Test
    void beginsAtOffsetsThatAreGivenCommittedOrOfATime() throws Exception {
        kafka.createTopic(topic, 2, Map.of("retention.ms", "-1"));
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>(topic, 0, 1000L * i, null, "v" + i));
                producer.send(new ProducerRecord<>(topic, 1, 1000L * i, null, "w" + i));
            }
        }
        commit(Map.of(partition(1), 4L));

        assertThat(from(OffsetsInitializer.offsets(Map.of(partition(0), 3L))))
                .containsExactlyInAnyOrder("v3", "v4", "w4");
        assertThat(from(OffsetsInitializer.timestamp(3500))).containsExactlyInAnyOrder("v4", "w4");
        assertThat(from(OffsetsInitializer.timestamp(9999))).isEmpty();
        assertThat(from(OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST)))
                .containsExactly("w4");
        assertThatThrownBy(() -> from(OffsetsInitializer.committedOffsets()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("OFFSET_OUT_OF_RANGE: ")
                .hasMessageContaining(partition(0).toString())
                .hasMessageContaining("group.id");
    }

    private void commit(Map<TopicPartition, Long> offsets) throws Exception {
        try (Admin admin = kafka.admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = new java.util.HashMap<>();
            offsets.forEach((tp, offset) -> committed.put(tp, new OffsetAndMetadata(offset)));
            admin.alterConsumerGroupOffsets(topic, committed).all().get();
        }
    }

    private List<String> from(OffsetsInitializer start) throws Exception {
        KafkaSource<String> source =
                source().setGroupId(topic)
                        .setStartingOffsets(start)
                        .setBounded(OffsetsInitializer.latest())
                        .build();
        return Reading.all(source).records;
    }

    @Test
    void goesOnWhereACheckpointHasIt() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "a", "b", "c", "d");
        KafkaSource<String> source = source().build();
        List<KafkaPartitionSplit> state;
        try (Reading<String> reading = new Reading<>(source)) {
            reading.reader.addSplits(List.of(new KafkaPartitionSplit(partition(0), 0)));
            reading.until(3);
            state = reading.reader.snapshotState(1);
        }
        assertThat(state).containsExactly(new KafkaPartitionSplit(partition(0), 3));
        var serializer = source.getSplitSerializer();
        KafkaPartitionSplit stored =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(state.get(0)));
        try (Reading<String> reading = new Reading<>(source)) {
            reading.reader.addSplits(List.of(stored));
            assertThat(reading.until(1).records).containsExactly("d");
        }
    }

    @Test
    void tellsTheGroupWhatACheckpointHasRead() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "a", "b", "c");
        KafkaSource<String> source = source().setGroupId(topic).build();
        try (Reading<String> reading = new Reading<>(source)) {
            reading.reader.addSplits(List.of(new KafkaPartitionSplit(partition(0), 0)));
            reading.until(2);
            reading.reader.snapshotState(7);
            reading.until(3);
            reading.reader.notifyCheckpointComplete(7);
            reading.until(() -> reading.metrics.count("KafkaSourceReader.commitsSucceeded") > 0);

            String name = "KafkaSourceReader.topic." + topic + ".partition.0.";
            assertThat(reading.metrics.value(name + "committedOffset")).isEqualTo(2L);
            assertThat(reading.metrics.value(name + "currentOffset")).isEqualTo(2L);
            assertThat(reading.metrics.value("pendingRecords")).isEqualTo(0L);
            assertThat(reading.metrics.value("KafkaSourceReader.KafkaConsumer.connection-count"))
                    .isNotNull();
        }
        assertThat(committed(partition(0))).isEqualTo(2);
    }

    /** By the group that has the topic's name. */
    private long committed(TopicPartition partition) throws Exception {
        try (Admin admin = kafka.admin()) {
            return admin.listConsumerGroupOffsets(topic)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition)
                    .offset();
        }
    }

    @Test
    void tellsTheGroupOfTheEndThatAPartitionHasComeToSinceTheCheckpoint() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "a", "b", "c");
        KafkaSource<String> source = source().setGroupId(topic).build();
        try (Reading<String> reading = new Reading<>(source)) {
            reading.reader.addSplits(List.of(new KafkaPartitionSplit(partition(0), 0, 3)));
            reading.until(2);
            reading.reader.snapshotState(7);
            reading.until(3);
            reading.reader.notifyCheckpointComplete(7);
            reading.reader.snapshotState(8);
            reading.reader.notifyCheckpointComplete(8);
        }
        assertThat(committed(partition(0))).isEqualTo(3);
    }

    @Test
    void readsPartitionsThatComeLaterFromTheirFirstRecord() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "old");
        KafkaSource<String> source =
                source().setStartingOffsets(OffsetsInitializer.latest()).build();
        Enumeration context = new Enumeration(2);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(context)) {
            enumerator.start();
            context.register(enumerator);
            kafka.increasePartitions(topic, 3);
            kafka.send(topic, 1, "new");
            context.tick();

            assertThat(context.splits())
                    .containsExactly(
                            new KafkaPartitionSplit(partition(0), 1),
                            new KafkaPartitionSplit(partition(1), 0),
                            new KafkaPartitionSplit(partition(2), 0));
            assertThat(context.owners.get(topic + "-0"))
                    .isEqualTo(context.owners.get(topic + "-2"))
                    .isNotEqualTo(context.owners.get(topic + "-1"));
            assertThat(context.ended).isEmpty();
        }
    }

    @Test
    void aRestoredSourceFindsWhatCameMeanwhile() throws Exception {
        kafka.createTopic(topic, 1);
        KafkaSource<String> source = source().build();
        KafkaSourceEnumState state;
        Enumeration before = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(before)) {
            enumerator.start();
            before.register(enumerator);
            state = enumerator.snapshotState(1);
        }
        kafka.increasePartitions(topic, 2);
        Enumeration after = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.restoreEnumerator(after, state)) {
            enumerator.start();
            after.register(enumerator);
            assertThat(after.splits()).isEmpty();
            after.tick();
            assertThat(after.splits()).containsExactly(new KafkaPartitionSplit(partition(1), 0));
        }
    }

    @Test
    void aPatternFindsTopicsByTheirWholeNames() throws Exception {
        kafka.createTopic(topic + "-1", 1);
        kafka.createTopic("no-" + topic + "-1", 1);
        kafka.send(topic + "-1", 0, "a");
        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setTopicPattern(Pattern.compile(topic + "-\\d"))
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .setBounded(OffsetsInitializer.latest())
                        .build();

        assertThat(Reading.all(source).records).containsExactly("a");
    }

    @Test
    void aTopicOrPartitionThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> source().build().preflight())
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("TOPIC_NOT_FOUND: ")
                .hasMessageContaining(topic)
                .hasMessageContaining(kafka.bootstrapServers());
        kafka.createTopic(topic, 1);
        KafkaSource<String> third =
                KafkaSource.<String>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setPartitions(Set.of(partition(0), partition(2)))
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        assertThatThrownBy(third::preflight)
                .hasMessageStartingWith("TOPIC_NOT_FOUND: ")
                .hasMessageContaining("[" + partition(2) + "]");
    }

    @Test
    void aTopicThatWasMadeAnewEndsTheJob() throws Exception {
        kafka.createTopic(topic, 1);
        KafkaSource<String> source = source().build();
        Enumeration context = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(context)) {
            enumerator.start();
            kafka.deleteTopic(topic);
            kafka.createTopic(topic, 1);

            assertThatThrownBy(context::tick)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith("TOPIC_NOT_FOUND: ")
                    .hasMessageContaining("made anew");
        }
    }

    @Test
    void aTopicThatIsDeletedEndsTheJobAtTheThirdLookWithoutIt() throws Exception {
        kafka.createTopic(topic, 1);
        KafkaSource<String> source = source().build();
        Enumeration context = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(context)) {
            enumerator.start();
            kafka.deleteTopic(topic);
            context.tick();
            context.tick();

            assertThatThrownBy(context::tick)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith("TOPIC_NOT_FOUND: ")
                    .hasMessageContaining(topic);
        }
    }

    @Test
    void anOffsetThatIsGoneIsMetByTheStrategy() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "a", "b", "c");
        try (Admin admin = kafka.admin()) {
            admin.deleteRecords(Map.of(partition(0), RecordsToDelete.beforeOffset(2))).all().get();
        }
        assertThat(readFromZero(OffsetResetStrategy.EARLIEST)).containsExactly("c");
        assertThatThrownBy(() -> readFromZero(OffsetResetStrategy.NONE))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("OFFSET_OUT_OF_RANGE: ")
                .hasMessageContaining(topic)
                .hasMessageContaining("no offset 0: it has 2 up to 3");
    }

    private List<String> readFromZero(OffsetResetStrategy strategy) throws Exception {
        KafkaSource<String> source =
                source().setStartingOffsets(OffsetsInitializer.offsets(Map.of(), strategy)).build();
        try (Reading<String> reading = new Reading<>(source)) {
            reading.reader.addSplits(List.of(new KafkaPartitionSplit(partition(0), 0)));
            return reading.until(1).records;
        }
    }

    @Test
    void aCorruptRecordEndsTheJobUnlessItIsPassedOver() throws Exception {
        kafka.createTopic(topic, 1);
        kafka.send(topic, 0, "1", "x", "3");
        OutputTag<CorruptRecord> tag =
                new OutputTag<>("corrupt", TypeInformation.of(CorruptRecord.class));

        assertThatThrownBy(() -> Reading.all(numbers(CorruptRecords.fail())))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("INPUT_MALFORMED: ")
                .hasMessageContaining("offset 1 of partition 0 of topic " + topic);
        Reading<Integer> skipped = Reading.all(numbers(CorruptRecords.skip()));
        assertThat(skipped.records).containsExactly(1, 3);
        assertThat(skipped.metrics.count("numRecordsInErrors")).isEqualTo(1);
        Reading<Integer> aside = Reading.all(numbers(CorruptRecords.toSideOutput(tag)));
        assertThat(aside.records).containsExactly(1, 3);
        assertThat(aside.side)
                .singleElement()
                .satisfies(
                        record -> {
                            CorruptRecord corrupt = (CorruptRecord) record;
                            assertThat(corrupt.offset).isEqualTo(1);
                            assertThat(corrupt.value).asString().isEqualTo("x");
                            assertThat(corrupt.error).contains("NumberFormatException");
                        });
    }

    private KafkaSource<Integer> numbers(CorruptRecords policy) {
        return KafkaSource.<Integer>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setValueOnlyDeserializer(new Numbers())
                .setCorruptRecords(policy)
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    private static final class Numbers implements DeserializationSchema<Integer> {
        @Override
        public Integer deserialize(byte[] message) {
            return Integer.valueOf(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public boolean isEndOfStream(Integer nextElement) {
            return false;
        }

        @Override
        public TypeInformation<Integer> getProducedType() {
            return Types.INT;
        }
    }

    @Test
    void aSchemaSeesKeysHeadersAndTombstones() throws Exception {
        kafka.createTopic(topic, 1);
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, "k", "v");
            record.headers().add("h", new byte[] {7});
            producer.send(record);
            producer.send(new ProducerRecord<>(topic, 0, "k", null));
        }
        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setTopics(topic)
                        .setDeserializer(new WholeRecord())
                        .setBounded(OffsetsInitializer.latest())
                        .build();

        assertThat(Reading.all(source).records).containsExactly("k v 7", "k null -");
    }

    private static final class WholeRecord implements KafkaRecordDeserializationSchema<String> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<String> out)
                throws IOException {
            String value = record.value() == null ? "null" : new String(record.value());
            var header = record.headers().lastHeader("h");
            out.collect(
                    new String(record.key())
                            + " "
                            + value
                            + " "
                            + (header == null ? "-" : header.value()[0]));
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    @Test
    void deserializersOfKafkaReadValues() throws Exception {
        kafka.createTopic(topic, 1);
        try (Producer<Long, Long> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new LongSerializer(), new LongSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, 1L, 42L));
        }
        KafkaRecordDeserializationSchema<Long> schema =
                KafkaRecordDeserializationSchema.valueOnly(LongDeserializer.class);
        KafkaSource<Long> source =
                KafkaSource.<Long>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setTopics(topic)
                        .setDeserializer(schema)
                        .setBounded(OffsetsInitializer.latest())
                        .build();

        assertThat(source.getProducedType()).isEqualTo(Types.LONG);
        assertThat(Reading.all(source).records).containsExactly(42L);
    }

    @Test
    void brokersThatDoNotAnswerAreNamed() {
        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setBootstrapServers("localhost:1")
                        .setTopics(topic)
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .setProperty("default.api.timeout.ms", "600")
                        .setProperty("request.timeout.ms", "500")
                        .build();
        Enumeration context = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.createEnumerator(context)) {
            assertThatThrownBy(enumerator::start)
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKER_UNREACHABLE))
                    .hasMessageContaining("localhost:1")
                    .hasMessageContaining("advertised listeners");
        }
    }

    @Test
    void theBuilderSaysWhatIsMissing() {
        assertThatThrownBy(() -> KafkaSource.builder().build()).hasMessageContaining("setBoot");
        assertThatThrownBy(() -> source().setPartitions(Set.of(partition(0))))
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(
                        () ->
                                source().setStartingOffsets(OffsetsInitializer.committedOffsets())
                                        .build())
                .hasMessageContaining("setGroupId");
    }
}
