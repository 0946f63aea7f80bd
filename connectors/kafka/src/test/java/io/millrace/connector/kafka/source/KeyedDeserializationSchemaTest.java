package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
@SuppressWarnings("deprecation") // what is tested
class KeyedDeserializationSchemaTest {
    private final KafkaBroker kafka;
    private String topic;

    KeyedDeserializationSchemaTest(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        kafka.createTopic(topic, 1);
    }

    /** Says all that it is given; passes tombstones over; cannot read what is "bad". */
    private static final class Said implements KeyedDeserializationSchema<String> {
        @Override
        public String deserialize(
                byte[] messageKey, byte[] message, String topic, int partition, long offset)
                throws IOException {
            if (message == null) {
                return null;
            }
            if (text(message).equals("bad")) {
                throw new IOException("bad it is");
            }
            return text(messageKey) + "=" + text(message) + " " + partition + "@" + offset;
        }

        private static String text(byte[] bytes) {
            return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public boolean isEndOfStream(String nextElement) {
            return false;
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private KafkaSource<String> source() {
        return KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setDeserializer(KafkaRecordDeserializationSchema.of(new Said()))
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    private void send(String key, String value) {
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key, value));
        }
    }

    @Test
    void seesKeyValueAndPlace() throws Exception {
        send("k", "v");
        send("gone", null);
        send(null, "w");

        assertThat(Reading.all(source()).records).containsExactly("k=v 0@0", "none=w 0@2");
    }

    @Test
    void aRecordThatItCannotReadIsNamedByItsPlace() {
        send("k", "v");
        send("k", "bad");

        assertThatThrownBy(() -> Reading.all(source()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("INPUT_MALFORMED: ")
                .hasMessageContaining("offset 1 of partition 0 of topic " + topic)
                .hasMessageContaining("bad it is");
    }
}
