package io.millrace.connector.kafka.source;

import java.util.Properties;

/** An {@link OffsetsInitializer} that needs settings of the client. */
public interface OffsetsInitializerValidator {
    /**
     * Called when the source is built.
     *
     * @throws IllegalStateException naming the setting
     */
    void validate(Properties kafkaSourceProperties) throws IllegalStateException;
}
