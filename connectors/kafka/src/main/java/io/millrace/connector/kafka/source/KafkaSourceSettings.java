package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.source.Boundedness;
import java.io.Serializable;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.IsolationLevel;

/**
 * What a source was built with. Immutable, but for the properties, which nobody changes.
 *
 * @param properties those of the program and the defaults of the builder, as text
 */
record KafkaSourceSettings(
        KafkaSubscriber subscriber,
        StartAndStop startAndStop,
        Boundedness boundedness,
        Properties properties)
        implements Serializable {
    /** Enough that handing over costs nothing beside the records. */
    private static final String RECORDS_A_POLL = "2000";

    /**
     * Lets the system size a connection's buffer: Kafka's own 64 KiB is a read for each of them.
     */
    private static final String SYSTEMS_OWN = "-1";

    String brokers() {
        return properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** Null if the source has none. */
    String groupId() {
        return properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
    }

    boolean commitsOffsets() {
        return groupId() != null && isTrue(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT);
    }

    boolean registersClientMetrics() {
        return isTrue(KafkaSourceOptions.REGISTER_KAFKA_CONSUMER_METRICS);
    }

    private boolean isTrue(ConfigOption<Boolean> option) {
        return KafkaSourceOptions.getOption(properties, option, Boolean::parseBoolean);
    }

    /** Zero or less if nobody looks again. */
    long discoveryIntervalMs() {
        if (boundedness == Boundedness.BOUNDED) {
            return 0;
        }
        ConfigOption<Long> option = KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS;
        try {
            return KafkaSourceOptions.getOption(properties, option, Long::parseLong);
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    option.key()
                            + " is '"
                            + properties.getProperty(option.key())
                            + "'; it is a number of milliseconds.",
                    e);
        }
    }

    /** Where to go on if an offset is not there. */
    OffsetResetStrategy resetStrategy() {
        return startAndStop.begin().getAutoOffsetResetStrategy();
    }

    OffsetsInitializer.PartitionOffsetsRetriever offsets(Admin admin) {
        String level =
                properties.getProperty(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        IsolationLevel.READ_UNCOMMITTED.toString());
        return new AdminOffsets(
                admin,
                groupId(),
                level.toLowerCase(Locale.ROOT).equals("read_committed")
                        ? IsolationLevel.READ_COMMITTED
                        : IsolationLevel.READ_UNCOMMITTED);
    }

    Properties adminProperties() {
        Properties admin = copy();
        admin.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId("enumerator-admin-client"));
        return admin;
    }

    /**
     * @param rack of the subtask's host; null if unknown
     */
    Properties consumerProperties(int subtask, String rack) {
        Properties consumer = copy();
        consumer.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(String.valueOf(subtask)));
        // A reader meets an offset that is gone itself: the client would only jump.
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        consumer.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, SYSTEMS_OWN);
        if (rack != null && !rack.isEmpty()) {
            consumer.put(ConsumerConfig.CLIENT_RACK_CONFIG, rack);
        }
        return consumer;
    }

    private String clientId(String end) {
        return properties.getProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key()) + "-" + end;
    }

    private Properties copy() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
