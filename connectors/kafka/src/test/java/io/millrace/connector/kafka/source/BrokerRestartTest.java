package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.connector.kafka.testing.KafkaBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader whose broker goes away for a while, and then says no. */
class BrokerRestartTest {
    /** Everybody may do everything that no list denies. */
    private static final Map<String, String> AUTHORIZER =
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true");

    @TempDir Path directory;

    @Test
    void aReaderGoesOnAfterARestartAndNamesWhatItMayNotRead() throws Exception {
        try (KafkaBroker kafka = KafkaBroker.startIn(directory, AUTHORIZER)) {
            kafka.createTopic("t", 1);
            kafka.send("t", 0, "a", "b");
            try (Reading<String> reading = new Reading<>(source(kafka))) {
                reading.reader.addSplits(
                        List.of(new KafkaPartitionSplit(new TopicPartition("t", 0), 0)));
                reading.until(2);
                kafka.restart();
                kafka.send("t", 0, "c");
                assertThat(reading.until(3).records).containsExactly("a", "b", "c");

                denyReading(kafka);
                assertThatThrownBy(() -> reading.until(4))
                        .isInstanceOf(MillraceException.class)
                        .hasMessageStartingWith("PERMISSION_DENIED: ")
                        .hasMessageContaining("[t-0]")
                        .hasMessageContaining("Grant");
            }
        }
    }

    private static KafkaSource<String> source(KafkaBroker kafka) {
        return KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics("t")
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build();
    }

    private static void denyReading(KafkaBroker kafka) throws Exception {
        AclBinding denied =
                new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, "t", PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY));
        try (Admin admin = kafka.admin()) {
            admin.createAcls(List.of(denied)).all().get();
        }
    }
}
