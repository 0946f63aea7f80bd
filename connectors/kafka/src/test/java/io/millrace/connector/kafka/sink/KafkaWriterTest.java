package io.millrace.connector.kafka.sink;

import static io.millrace.connector.kafka.sink.Sinks.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records without transactions, and what records are made of, on a real broker. */
@ExtendWith(SharedKafka.class)
@Timeout(60)
class KafkaWriterTest {
    private final KafkaBroker broker;
    private final FakeTask task = FakeTask.only();
    private String topic;

    KafkaWriterTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() {
        topic = "out-" + UUID.randomUUID();
        broker.createTopic(topic, 3);
    }

    private KafkaSinkBuilder<String> sink(KafkaRecordSerializationSchema<String> schema) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(schema);
    }

    private KafkaRecordSerializationSchemaBuilder<String> values() {
        return KafkaRecordSerializationSchema.<String>builder()
                .setTopic(topic)
                .setValueSerializationSchema(Sinks.text());
    }

    private List<ConsumerRecord<String, String>> read() {
        return broker.read(topic, "read_committed");
    }

    @Test
    void recordsAreThereAfterABarrier() throws Exception {
        try (SinkWriter<String> writer = sink(values().build()).build().createWriter(task)) {
            write(writer, "a", "bc");
            writer.flush(false);
            assertThat(read())
                    .extracting(ConsumerRecord::value)
                    .containsExactlyInAnyOrder("a", "bc");
        }
        assertThat(task.metrics().count("records")).isEqualTo(2);
        assertThat(task.metrics().count("bytes")).isEqualTo(3);
    }

    @Test
    void showsTheClientsOwnMetricsUnlessTheyAreLeftOut() throws Exception {
        FakeTask quiet = FakeTask.only();
        try (SinkWriter<String> writer = sink(values().build()).build().createWriter(task);
                SinkWriter<String> other =
                        sink(values().build())
                                .setProperty("register.producer.metrics", "false")
                                .build()
                                .createWriter(quiet)) {
            write(writer, "a", "b");
            writer.flush(false);
            write(other, "c");
            other.flush(false);

            assertThat(task.metrics().gauge("record-send-total")).isEqualTo(2.0);
            assertThat(quiet.metrics().names()).contains("currentSendTime");
            assertThat(quiet.metrics().names()).doesNotContain("record-send-total");
        }
    }

    @Test
    void hasKeyHeadersPartitionAndTime() throws Exception {
        KafkaRecordSerializationSchema<String> schema =
                values().setKeySerializationSchema(
                                (String each) ->
                                        each.substring(0, 1).getBytes(StandardCharsets.UTF_8))
                        .setHeaderProvider(
                                each ->
                                        new RecordHeaders()
                                                .add("length", new byte[] {(byte) each.length()}))
                        .setPartitioner((record, key, value, name, all) -> all[all.length - 1])
                        .build();
        try (SinkWriter<String> writer = sink(schema).build().createWriter(task)) {
            writer.write("abc", Sinks.at(1_234L));
            writer.flush(true);
        }
        ConsumerRecord<String, String> record = read().get(0);
        assertThat(record.key()).isEqualTo("a");
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.timestamp()).isEqualTo(1_234);
        assertThat(record.headers().lastHeader("length").value()).containsExactly(3);
    }

    @Test
    void choosesTheTopicByRecord() throws Exception {
        String other = "other-" + UUID.randomUUID();
        broker.createTopic(other, 1);
        KafkaRecordSerializationSchema<String> schema =
                KafkaRecordSerializationSchema.<String>builder()
                        .setKafkaValueSerializer(StringSerializer.class)
                        .setTopicSelector((String each) -> each.startsWith("o") ? other : topic)
                        .build();
        try (SinkWriter<String> writer = sink(schema).build().createWriter(task)) {
            write(writer, "one", "two");
            writer.flush(true);
        }
        assertThat(Sinks.committed(broker, other)).containsExactly("one");
        assertThat(Sinks.committed(broker, topic)).containsExactly("two");
    }

    @Test
    void writesTombstones() throws Exception {
        KafkaRecordSerializationSchema<String> deleting =
                (element, context, timestamp) ->
                        new org.apache.kafka.clients.producer.ProducerRecord<>(
                                topic, element.getBytes(StandardCharsets.UTF_8), null);
        try (SinkWriter<String> writer = sink(deleting).build().createWriter(task)) {
            write(writer, "gone");
            writer.flush(true);
        }
        assertThat(read().get(0).key()).isEqualTo("gone");
        assertThat(read().get(0).value()).isNull();
    }

    @Test
    void passesOverWhatTheSchemaLeavesOut() throws Exception {
        KafkaRecordSerializationSchema<String> even = values().build();
        KafkaRecordSerializationSchema<String> schema =
                (element, context, timestamp) ->
                        element.length() > 1 ? null : even.serialize(element, context, timestamp);
        try (SinkWriter<String> writer = sink(schema).build().createWriter(task)) {
            write(writer, "a", "bb", "c");
            writer.flush(true);
        }
        assertThat(read()).hasSize(2);
        assertThat(task.metrics().count("records")).isEqualTo(2);
    }

    @Test
    void aRecordThatIsRefusedFailsTheBarrier() throws Exception {
        KafkaSink<String> sink =
                sink(values().build()).setProperty("max.request.size", "100000000").build();
        try (SinkWriter<String> writer = sink.createWriter(task)) {
            write(writer, "x".repeat(3_000_000));
            assertThatThrownBy(() -> writer.flush(false))
                    .hasMessageContaining("RECORD_TOO_LARGE")
                    .hasMessageContaining("max.message.bytes");
        }
        assertThat(task.metrics().count("errors")).isEqualTo(1);
    }

    @Test
    void theOlderNameWritesTheSame() throws Exception {
        Properties client = broker.clientProperties();
        @SuppressWarnings("deprecation")
        FlinkKafkaProducer<String> older = new FlinkKafkaProducer<>(topic, Sinks.text(), client);
        try (SinkWriter<String> writer = older.sink().createWriter(task)) {
            writer.write("a", Sinks.at(5L));
            writer.flush(true);
        }
        assertThat(read()).extracting(ConsumerRecord::value).containsExactly("a");
        assertThat(read().get(0).timestamp()).isNotEqualTo(5);
        assertThat(read().get(0).partition()).isZero();
    }

    @Test
    @SuppressWarnings("deprecation")
    void theOlderSchemaIsToldOfPartitions() throws Exception {
        class Last implements KafkaSerializationSchema<String>, KafkaContextAware<String> {
            private static final long serialVersionUID = 1L;
            private final String target = topic;
            private int[] partitions;

            @Override
            public void setPartitions(int[] partitions) {
                this.partitions = partitions;
            }

            @Override
            public String getTargetTopic(String element) {
                return target;
            }

            @Override
            public org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]> serialize(
                    String element, Long timestamp) {
                return new org.apache.kafka.clients.producer.ProducerRecord<>(
                        target,
                        partitions[partitions.length - 1],
                        null,
                        element.getBytes(StandardCharsets.UTF_8));
            }
        }
        FlinkKafkaProducer<String> older =
                new FlinkKafkaProducer<>(
                        topic,
                        new Last(),
                        broker.clientProperties(),
                        FlinkKafkaProducer.Semantic.AT_LEAST_ONCE);
        try (SinkWriter<String> writer = older.sink().createWriter(task)) {
            write(writer, "a");
            writer.flush(true);
        }
        assertThat(read().get(0).partition()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("deprecation")
    void theOldestSchemaMakesKeyAndValue() throws Exception {
        String other = "other-" + UUID.randomUUID();
        broker.createTopic(other, 1);
        FlinkKafkaProducer<String> oldest =
                new FlinkKafkaProducer<>(
                        topic, new OfTwoTopics(other), broker.clientProperties(), Optional.empty());
        try (SinkWriter<String> writer = oldest.sink().createWriter(task)) {
            write(writer, "a", "other", "nothing");
            writer.flush(true);
        }
        assertThat(Sinks.committed(broker, other)).containsExactly("other");
        assertThat(read())
                .extracting(each -> each.key() + "=" + each.value())
                .containsExactlyInAnyOrder("null=a", "7=null");
    }

    /** Keys are lengths, but of single letters; one word has no value. */
    @SuppressWarnings("deprecation")
    private record OfTwoTopics(String other) implements KeyedSerializationSchema<String> {
        @Override
        public byte[] serializeKey(String element) {
            return element.length() == 1 ? null : Sinks.text().serialize("" + element.length());
        }

        @Override
        public byte[] serializeValue(String element) {
            return element.equals("nothing") ? null : Sinks.text().serialize(element);
        }

        @Override
        public String getTargetTopic(String element) {
            return element.equals("other") ? other : null;
        }
    }

    @Test
    void saysWhatABuilderMisses() {
        assertThatThrownBy(() -> KafkaSink.<String>builder().build())
                .hasMessageContaining("setBootstrapServers");
        assertThatThrownBy(
                        () ->
                                KafkaSink.<String>builder()
                                        .setBootstrapServers("localhost:1")
                                        .build())
                .hasMessageContaining("setRecordSerializer");
        assertThatThrownBy(
                        () ->
                                sink(values().build())
                                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                                        .build())
                .hasMessageContaining("setTransactionalIdPrefix");
        assertThatThrownBy(
                        () ->
                                sink(values().build())
                                        .setProperty(
                                                "value.serializer",
                                                StringSerializer.class.getName()))
                .hasMessageContaining("setKafkaValueSerializer");
        assertThatThrownBy(() -> KafkaRecordSerializationSchema.<String>builder().build())
                .hasMessageContaining("setTopic");
        assertThatThrownBy(
                        () ->
                                KafkaRecordSerializationSchema.<String>builder()
                                        .setTopic("t")
                                        .build())
                .hasMessageContaining("setValueSerializationSchema");
    }
}
