package io.millrace.connector.kafka.source;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;

/** What a source takes among the properties of the client, besides those that Kafka's has. */
public class KafkaSourceOptions {
    /** Default: the group's name, else a random one. */
    public static final ConfigOption<String> CLIENT_ID_PREFIX =
            ConfigOptions.key("client.id.prefix")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What the ids of this source's clients begin with. Without it the"
                                    + " group's name, or KafkaSource, and a random part.");

    public static final ConfigOption<Long> PARTITION_DISCOVERY_INTERVAL_MS =
            ConfigOptions.key("partition.discovery.interval.ms")
                    .longType()
                    .defaultValue(Duration.ofMinutes(5).toMillis())
                    .withDescription(
                            "Milliseconds between two looks for new topics and partitions; 0 or"
                                    + " less for none after the first. A bounded source looks"
                                    + " once.");

    public static final ConfigOption<Boolean> REGISTER_KAFKA_CONSUMER_METRICS =
            ConfigOptions.key("register.consumer.metrics")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription("Whether the client's own metrics are among the reader's.");

    public static final ConfigOption<Boolean> COMMIT_OFFSETS_ON_CHECKPOINT =
            ConfigOptions.key("commit.offsets.on.checkpoint")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a group, if there is one, is told what a checkpoint has read."
                                    + " For those who watch the group: a restored job never reads"
                                    + " it.");

    /**
     * The value of an option among a client's properties, else its default.
     *
     * @param parser makes the value of its text
     */
    @SuppressWarnings("unchecked") // an option's default is of its type
    public static <T> T getOption(
            Properties props, ConfigOption<?> configOption, Function<String, T> parser) {
        String text = props.getProperty(configOption.key());
        return text == null ? (T) configOption.defaultValue() : parser.apply(text.trim());
    }
}
