package io.millrace.connector.kafka.sink;

import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.Sink;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import io.millrace.testutils.connector.SinkContract;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exactly once; readers are those of committed records. */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class KafkaSinkContractTest extends SinkContract<String, KafkaCommittable> {
    private final KafkaBroker kafka;
    private final String topic = "contract-" + UUID.randomUUID();

    KafkaSinkContractTest(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void createTopic() {
        kafka.createTopic(topic, 2);
    }

    @Override
    protected Sink<String> sink() {
        return KafkaSink.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setRecordSerializer(
                        KafkaRecordSerializationSchema.<String>builder()
                                .setTopic(topic)
                                .setValueSerializationSchema(Sinks.text())
                                .build())
                .build();
    }

    @Override
    protected String record(int number) {
        return "record " + number;
    }

    @Override
    protected List<String> visible() throws Exception {
        return Sinks.committed(kafka, topic);
    }
}
